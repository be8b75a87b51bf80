// What a PDF says, as poppler's pdftotext reads it: another program than the one that wrote it.
#pragma once

#include <gtest/gtest.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>

namespace puntual::tests {

[[nodiscard]] inline std::string pdf_text(std::string_view pdf) {
  std::string path = "/tmp/puntual-pdf-XXXXXX";
  const int file = ::mkstemp(path.data());
  EXPECT_GE(file, 0);
  EXPECT_EQ(::write(file, pdf.data(), pdf.size()), static_cast<ssize_t>(pdf.size()));
  ::close(file);
  std::string text;
  FILE* pipe = ::popen(("pdftotext -layout " + path + " -").c_str(), "r");
  EXPECT_NE(pipe, nullptr);
  std::array<char, 4096> chunk{};
  for (size_t count = 0; (count = ::fread(chunk.data(), 1, chunk.size(), pipe)) > 0;)
    text.append(chunk.data(), count);
  EXPECT_EQ(::pclose(pipe), 0)
      << "pdftotext is needed: tools/install_deps.sh installs it (poppler-utils)";
  ::unlink(path.c_str());
  return text;
}

}  // namespace puntual::tests
