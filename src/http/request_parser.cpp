#include "http/request_parser.h"

#include <unistd.h>

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/verb.hpp>

namespace puntual::http {
namespace {

namespace beast_http = boost::beast::http;
using beast_error = boost::beast::error_code;
using beast_view = boost::beast::string_view;

std::string_view view_of(beast_view text) { return {text.data(), text.size()}; }

Method method_of(beast_http::verb verb) {
  switch (verb) {
    case beast_http::verb::get:
      return Method::Get;
    case beast_http::verb::head:
      return Method::Head;
    case beast_http::verb::post:
      return Method::Post;
    case beast_http::verb::put:
      return Method::Put;
    case beast_http::verb::patch:
      return Method::Patch;
    case beast_http::verb::delete_:
      return Method::Delete;
    case beast_http::verb::options:
      return Method::Options;
    default:
      return Method::Other;
  }
}

constexpr std::string_view kLastChunk = "0\r\n\r\n";

enum class BodyTo : uint8_t { Memory, File, Nowhere };

// Beast's parser, writing straight into our Request instead of its own tree of fields.
class Sink final : public beast_http::basic_parser<true> {
 public:
  Request* request = nullptr;
  uint64_t body_max = 0;
  uint64_t body_size = 0;
  int file = -1;
  BodyTo body_to = BodyTo::Memory;
  int hosts = 0;
  int version = 0;
  bool expects_continue = false;
  bool write_failed = false;

 private:
  void on_request_impl(beast_http::verb verb, beast_view, beast_view target, int http_version,
                       beast_error& error) override {
    request->method = method_of(verb);
    request->target.assign(target.data(), target.size());
    version = http_version;
    if (target.empty() || (target.front() != '/' && target != "*"))
      error = beast_http::error::bad_target;
  }
  void on_response_impl(int, beast_view, int, beast_error&) override {}
  void on_field_impl(beast_http::field name, beast_view text, beast_view value,
                     beast_error& error) override {
    if (is_header_done()) return;  // Trailers of a chunked body are not headers.
    if (name == beast_http::field::host) ++hosts;
    if (name == beast_http::field::expect)
      expects_continue = equal_ignoring_case(view_of(value), "100-continue");
    if (name == beast_http::field::transfer_encoding &&
        !equal_ignoring_case(view_of(value), "chunked")) {
      error = beast_http::error::bad_transfer_encoding;
    }
    request->headers.add(view_of(text), view_of(value));
  }
  void on_header_impl(beast_error& error) override {
    if (hosts > 1 || (hosts == 0 && version >= 11)) error = beast_http::error::bad_field;
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, beast_error&) override {
    // Whoever announces much has not sent it yet.
    if (length && body_to == BodyTo::Memory)
      request->body.reserve(std::min<uint64_t>({*length, body_max, 256 << 10}));
  }
  std::size_t on_body_impl(beast_view bytes, beast_error& error) override {
    return take(bytes, error);
  }
  void on_chunk_header_impl(std::uint64_t, beast_view, beast_error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast_view bytes, beast_error& error) override {
    return take(bytes, error);
  }
  void on_finish_impl(beast_error&) override {}

  std::size_t take(beast_view bytes, beast_error& error) {
    body_size += bytes.size();
    if (body_size > body_max) {
      error = beast_http::error::body_limit;
      return 0;
    }
    if (body_to == BodyTo::Memory) request->body.append(bytes.data(), bytes.size());
    if (body_to == BodyTo::File) write_out(bytes, error);
    return bytes.size();
  }
  void write_out(beast_view bytes, beast_error& error) {
    while (!bytes.empty()) {
      const ssize_t written = write(file, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) {
        write_failed = true;
        error = beast_http::error::body_limit;
        return;
      }
      bytes.remove_prefix(static_cast<size_t>(written));
    }
  }
};

}  // namespace

class RequestParser::Impl {
 public:
  uint32_t header_max = 0;
  std::optional<Sink> sink;
  beast_error error;
};

RequestParser::RequestParser(uint32_t header_max) : impl_(std::make_unique<Impl>()) {
  impl_->header_max = header_max;
}
RequestParser::~RequestParser() = default;

void RequestParser::begin(Request& request) {
  request.headers.clear();
  request.body.clear();
  request.body_file.reset();
  request.params.clear();
  request.context.reset();
  impl_->error = {};
  impl_->sink.emplace();
  impl_->sink->request = &request;
  impl_->sink->header_limit(impl_->header_max);
  impl_->sink->body_limit(boost::none);  // Ours, per route, is in take().
}

RequestParser::State RequestParser::feed(std::string_view bytes, size_t& used) {
  Sink& sink = *impl_->sink;
  const bool had_head = sink.is_header_done();
  used = 0;
  for (;;) {
    if (had_head && sink.is_done()) return State::Done;
    // What is left of a chunked body is never shorter than its end; Beast aborts when it is shown
    // less of that.
    if (had_head && sink.chunked() && bytes.size() - used < kLastChunk.size())
      return State::NeedMore;
    beast_error error;
    used += sink.put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), error);
    // Behind the head only what frames a chunk waits for its end: an extension or trailers without
    // one would be kept for ever.
    if (error == beast_http::error::need_more && had_head &&
        bytes.size() - used > impl_->header_max)
      error = beast_http::error::header_limit;
    if (error == beast_http::error::need_more) return State::NeedMore;
    if (error) {
      impl_->error = error;
      return State::Failed;
    }
    if (!had_head && sink.is_header_done()) {
      // A line that goes on in the next one: obsolete (RFC 9112, 5.2), and read otherwise by
      // proxies.
      const std::string_view head = bytes.substr(0, bytes.find("\r\n\r\n"));
      if (head.contains("\n ") || head.contains("\n\t")) {
        impl_->error = beast_http::error::bad_field;
        return State::Failed;
      }
      return State::HeadDone;
    }
    if (used == bytes.size()) return sink.is_done() ? State::Done : State::NeedMore;
  }
}

void RequestParser::set_body_max(uint64_t bytes) { impl_->sink->body_max = bytes; }

void RequestParser::set_body_file(int descriptor) {
  impl_->sink->file = descriptor;
  impl_->sink->body_to = descriptor < 0 ? BodyTo::Nowhere : BodyTo::File;
}

std::optional<uint64_t> RequestParser::content_length() const {
  const auto length = impl_->sink->content_length();
  return length ? std::optional<uint64_t>(*length) : std::nullopt;
}

bool RequestParser::keeps_alive() const { return impl_->sink->keep_alive(); }
bool RequestParser::expects_continue() const {
  return impl_->sink->expects_continue && impl_->sink->version >= 11;
}

int RequestParser::error_status() const {
  if (impl_->sink->write_failed) return 507;
  if (impl_->error == beast_http::error::header_limit) return 431;
  if (impl_->error == beast_http::error::body_limit) return 413;
  return 400;
}

std::string RequestParser::error_text() const {
  return impl_->sink->write_failed ? "the body could not be stored" : impl_->error.message();
}

}  // namespace puntual::http
