// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/diffusion_integral.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace velocal::test {
namespace {

constexpr std::size_t bin_count = 20000;

/// Gauss and Legendre's quadrature over (0, 1): node and weight.
constexpr std::array<std::array<double, 2>, 5> quadrature{{{0.046910077030668, 0.118463442528095},
                                                           {0.230765344947158, 0.239314335249683},
                                                           {0.5, 0.284444444444444},
                                                           {0.769234655052842, 0.239314335249683},
                                                           {0.953089922969332, 0.118463442528095}}};
constexpr int panels = 8;

double normal(double w) {
  return 0.5 * std::erfc(-w / std::numbers::sqrt2);
}

/// Share along an axis of a cloud that is sigma wide, at positions up to as far as it reaches.
std::vector<double> shares(double pitch, double sigma, double step) {
  std::vector<double> share;
  for (double x = 0.5 * step; x < 0.5 * pitch + 6.0 * sigma; x += step) {
    share.push_back(normal((x + 0.5 * pitch) / sigma) - normal((x - 0.5 * pitch) / sigma));
  }
  return share;
}

/// Mean over the depths at which photons are absorbed, over the share of the thickness that the charge drifts.
double density(const PhotonLine& line, const Sensor& sensor, double drift) {
  const double depths = sensor.thickness_um / line.attenuation_um;
  const double depth = sensor.illuminated == IlluminatedSide::back ? 1.0 - drift : drift;
  return depths * std::exp(-depths * depth) / (1.0 - std::exp(-depths));
}

}  // namespace

void DiffusionIntegral::add_photons(double pitch, double sigma, double weight, std::vector<Bin>& bins) {
  const double step = std::clamp(0.01 * sigma, 0.01, 0.07);
  const std::vector<double> share = shares(pitch, sigma, step);
  const double area = 4.0 * std::pow(step / pitch, 2) * weight;
  for (std::size_t x = 0; x < share.size(); ++x) {
    for (std::size_t y = 0; y <= x; ++y) {
      const double u = share[x] * share[y];
      Bin& bin = bins[std::min(static_cast<std::size_t>(u * bin_count), bin_count - 1)];
      const double here = y < x ? 2.0 * area : area;
      bin.area += here;
      bin.share += here * u;
    }
  }
}

DiffusionIntegral::DiffusionIntegral(std::vector<PhotonLine> lines, const Sensor& sensor, double sigma_um)
    : lines_(std::move(lines)) {
  for (const PhotonLine& line : lines_) {
    std::vector<Bin> bins(bin_count);
    // Over q, the root of the share of the thickness that the charge drifts: the cloud is q sigma wide.
    for (int panel = 0; panel < panels; ++panel) {
      for (const auto& [node, weight] : quadrature) {
        const double q = (panel + node) / panels;
        add_photons(sensor.pitch_um, q * sigma_um, weight / panels * 2.0 * q * density(line, sensor, q * q), bins);
      }
    }
    for (Bin& bin : bins) {
      if (bin.area > 0.0) bin.share /= bin.area;
    }
    bins_.push_back(std::move(bins));
  }
}

std::vector<double> DiffusionIntegral::operator()(double s, double E0, std::span<const double> threshold) const {
  constexpr double fano = 0.119;
  std::vector<double> flux(threshold.size(), 0.0);
  for (std::size_t l = 0; l < lines_.size(); ++l) {
    const PhotonLine& line = lines_[l];
    const double fano_variance = fano * line.pairs * std::pow(E0 / lines_[0].pairs, 2);
    for (std::size_t i = 0; i < threshold.size(); ++i) {
      double passing = 0.0;
      for (const Bin& bin : bins_[l]) {
        const double distance = bin.share * E0 * line.energy_ratio - threshold[i];
        const double width = std::sqrt(s * s + fano_variance * bin.share);
        if (distance > 8.0 * width)
          passing += bin.area;
        else if (distance > -8.0 * width)
          passing += bin.area * normal(distance / width);
      }
      flux[i] += line.share * passing;
    }
  }
  return flux;
}

}  // namespace velocal::test
