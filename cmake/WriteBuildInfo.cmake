# SPDX-License-Identifier: GPL-3.0-or-later
execute_process(COMMAND git -C ${SOURCE} describe --always --dirty --abbrev=12 --exclude=*
                OUTPUT_VARIABLE hash OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  set(hash "unknown")
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT [[#pragma once
#define VELOCAL_VERSION "@VERSION@"
#define VELOCAL_GIT_HASH "@hash@"
]] @ONLY)
