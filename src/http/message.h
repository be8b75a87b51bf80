// What a handler is given and what it gives back: plain values, without any library of the network.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace puntual::http {

enum class Method : uint8_t { Get, Head, Post, Put, Patch, Delete, Options, Other };
[[nodiscard]] std::string_view text_of(Method method);

struct Field {
  std::string name;
  std::string value;
};

// Headers in one block of text: a request of eight headers costs two allocations, none when reused.
class Headers {
 public:
  void add(std::string_view name, std::string_view value);
  void clear();
  // The first of that name, in any case of letters; nothing when absent.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::string_view get(std::string_view name) const {
    return find(name).value_or(std::string_view());
  }
  [[nodiscard]] size_t size() const { return slots_.size(); }
  [[nodiscard]] std::string_view name(size_t index) const;
  [[nodiscard]] std::string_view value(size_t index) const;

 private:
  struct Slot {
    uint32_t begin, name_size, value_size;
  };
  std::string text_;
  std::vector<Slot> slots_;
};

// A file that goes away with its last owner, unless somebody has moved it elsewhere.
class TempFile {
 public:
  explicit TempFile(std::string path) : path_(std::move(path)) {}
  ~TempFile();
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Request {
  Method method = Method::Get;
  std::string target;  // As it came: path and query, still percent-encoded.
  Headers headers;
  std::string body;
  std::shared_ptr<TempFile> body_file;  // Instead of body, where the route asks for it.
  std::string remote;                   // Address of the peer, without its port.
  std::vector<Field> params;            // What the pattern's {names} matched, decoded.
  std::shared_ptr<void> context;        // What whoever admitted it knows of it.

  [[nodiscard]] std::string_view path() const;        // Up to '?', still encoded.
  [[nodiscard]] std::string_view query_text() const;  // After '?', still encoded.
  [[nodiscard]] std::optional<std::string> query(
      std::string_view name) const;  // The first, decoded.
  [[nodiscard]] std::vector<Field> query_fields() const;
  [[nodiscard]] std::string form(
      std::string_view name) const;  // Of a body that a form sent; empty when absent.
  [[nodiscard]] std::string_view param(std::string_view name) const;  // Empty when absent.
  // Invalid, naming the parameter, when it is not a whole number.
  [[nodiscard]] Result<int64_t> param_number(std::string_view name) const;
};

// How the bytes end. Anything but Whole exists for the sandbox, which imitates broken networks.
enum class Ending : uint8_t {
  Whole,
  CutBody,  // Half of the body, then closed: the length does not hold.
  CutHead,  // Half of the head, then reset.
  Reset,    // Nothing at all.
  TooLong,  // More bytes than the length says, shaped like another answer.
  Drip,     // Whole, but a few bytes at a time.
};

struct Response {
  int status = 200;
  std::string content_type = {};  // Empty: no header.
  std::vector<Field> headers = {};
  std::string body = {};
  std::string_view static_body = {};  // Instead of body: bytes that live as long as the program.
  Ending ending = Ending::Whole;
};

[[nodiscard]] Response text_response(int status, std::string body);
[[nodiscard]] Response json_response(int status, std::string body);

[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);
// %41 and, in queries, + for a blank. Bytes after a broken % stay as they are.
[[nodiscard]] std::string percent_decode(std::string_view text, bool plus_is_blank);

}  // namespace puntual::http
