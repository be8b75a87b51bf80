// One answer over HTTP/1.1 (RFC 9112) as it comes in, piece by piece: with a length, in chunks, or
// until the connection ends.
//
// Where it is malformed it is Broken, and so is the connection. Not thread-safe; made to be used
// again for the next answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace puntual::whatsapp {

class HttpAnswer {
 public:
  static constexpr size_t kBodyMax = 64 * 1024;  // More is read and dropped.
  static constexpr size_t kHeadMax = 64 * 1024;  // Of all its lines; more is Broken.
  enum class State : uint8_t { Coming, Whole, Broken };

  // The next answer; what memory the last one took is kept.
  void begin();
  State take(std::string_view bytes);
  // The other side has closed the connection.
  State end();

  [[nodiscard]] State state() const;
  [[nodiscard]] int status() const { return status_; }  // 0: nothing has come of it.
  [[nodiscard]] std::string_view body() const { return body_; }
  // As they were given; empty when not.
  [[nodiscard]] std::string_view date() const { return date_; }
  [[nodiscard]] std::string_view retry_after() const { return retry_after_; }
  // Another request may go over the same connection. Of a whole answer.
  [[nodiscard]] bool keeps_open() const { return keeps_open_; }

 private:
  enum class Part : uint8_t {
    Status,
    Header,
    Sized,
    ToTheEnd,
    ChunkSize,
    Chunk,
    ChunkEnd,
    Trailer,
    Whole,
    Broken
  };
  [[nodiscard]] Part after_line(std::string_view line);
  [[nodiscard]] Part after_status(std::string_view line);
  [[nodiscard]] Part after_header(std::string_view line);
  [[nodiscard]] Part after_head();
  [[nodiscard]] Part after_chunk_size(std::string_view line);
  std::optional<std::string_view> next_line(std::string_view& bytes);
  void keep(std::string_view& bytes);

  Part part_ = Part::Status;
  int status_ = 0;
  bool keeps_open_ = true, is_chunked_ = false;
  std::optional<uint64_t> length_;
  uint64_t left_ = 0;  // Of the body, or of this chunk.
  size_t head_size_ = 0;
  std::string line_;  // What has come of one that is not whole.
  std::string body_, date_, retry_after_;
};

}  // namespace puntual::whatsapp
