// A table that a test measures stands in a page of docs/ between two marks, so that the page cannot
// grow old. PUNTUAL_WRITE_GOLDEN=1 writes it.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace puntual {

[[nodiscard]] inline std::string file_of(std::string_view path) {
  std::ifstream file{std::string(path)};
  EXPECT_TRUE(file) << path << ": run in the folder of the sources";
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void expect_in_page(std::string_view path, std::string_view name, const std::string& table) {
  std::printf("%s\n", table.c_str());
  std::string page = file_of(path);
  const std::string from = fmt::format("<!-- {} -->\n", name),
                    to = fmt::format("<!-- end of {} -->", name);
  const size_t begin = page.find(from), end = page.find(to);
  ASSERT_TRUE(begin != std::string::npos && end != std::string::npos)
      << path << ": no marks for " << name;
  const size_t at = begin + from.size();
  if (std::getenv("PUNTUAL_WRITE_GOLDEN") != nullptr) {
    page.replace(at, end - at, table);
    std::ofstream(std::string(path)) << page;
  } else {
    EXPECT_EQ(page.substr(at, end - at), table)
        << path << " is old: PUNTUAL_WRITE_GOLDEN=1 writes it";
  }
}

}  // namespace puntual
