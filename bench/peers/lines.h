// What the programs of the peers in C++ share: commands over standard input and the histogram of durations.
#pragma once

#include <sys/resource.h>

#include <array>
#include <bit>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <iostream>
#include <sstream>
#include <string>

namespace peers {

constexpr int kId = 42;
constexpr const char* kName = "sixteen letters!";
constexpr double kValue = 3.25;

inline std::int64_t Now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Sixteen buckets of nanoseconds for every power of two, as in Latency.cs.
class Latency {
 public:
  void Record(std::int64_t nanoseconds) {
    auto value = static_cast<std::uint64_t>(nanoseconds < 0 ? 0 : nanoseconds);
    if (value < 16) {
      buckets_[value]++;
      return;
    }
    int octave = std::bit_width(value) - 1;
    buckets_[(octave - 3) * 16 + ((value >> (octave - 4)) & 15)]++;
  }

  std::string Text() const {
    std::ostringstream text;
    for (std::size_t index = 0; index < buckets_.size(); index++) {
      if (buckets_[index] > 0) text << ' ' << index << ':' << buckets_[index];
    }
    return text.str();
  }

 private:
  std::array<std::int64_t, 64 * 16> buckets_{};
};

inline std::string Usage() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto microseconds = [](const timeval& time) { return std::to_string(time.tv_sec * 1000000LL + time.tv_usec); };
  return microseconds(usage.ru_utime) + " " + microseconds(usage.ru_stime);
}

// One command a line, one answer a line, until the input ends.
inline void AnswerLines(const std::function<std::string(const std::string& command, std::istream& rest)>& answer) {
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream rest(line);
    std::string command;
    rest >> command;
    try {
      std::cout << (command == "usage" ? Usage() : answer(command, rest)) << std::endl;
    } catch (const std::exception& error) {
      std::cout << "failed " << line << ": " << error.what() << std::endl;
    }
  }
}

}  // namespace peers
