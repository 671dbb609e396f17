# What doxygen reads of a header. All is in the namespace velocal, which a page would show again and again; the reference of
# the library says it once. What every type that compares its members has, needs no words.
1i /** \\file */
s/^namespace velocal \{$//
s/^\}  \/\/ namespace velocal$//
s/^namespace velocal::terms/namespace terms/
s/\bvelocal:://g
/operator==\(.*= default;/d
s/\[\[(gnu::always_inline|noreturn|nodiscard)\]\] //
