#include "base/durable_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace puntual {
namespace {

namespace fs = std::filesystem;

std::string text_at(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(DurableFile, WritesIntoNothingThatAnotherHasPutThere) {
  std::string name = (fs::temp_directory_path() / "puntual-test-XXXXXX").string();
  ASSERT_NE(::mkdtemp(name.data()), nullptr);
  const fs::path folder = name;
  const std::string half = "ours." + std::to_string(::getpid()) + ".new";
  std::ofstream(folder / "theirs") << "theirs";
  fs::create_symlink(folder / "theirs", folder / half);
  ASSERT_TRUE(write_durably((folder / "ours").string(), "ours"));
  EXPECT_EQ(text_at(folder / "theirs"), "theirs");
  EXPECT_EQ(text_at(folder / "ours"), "ours");

  std::ofstream(folder / half) << "what a crash left, longer than what is written";
  fs::create_hard_link(folder / half, folder / "other name");
  ASSERT_TRUE(write_durably((folder / "ours").string(), "anew"));
  EXPECT_EQ(text_at(folder / "ours"), "anew");
  EXPECT_EQ(text_at(folder / "other name").substr(0, 4), "what");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace puntual
