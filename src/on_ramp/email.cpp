#include "on_ramp/email.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/address.h"
#include "base/crypto.h"
#include "base/time.h"
#include "document/qr_png.h"
#include "on_ramp/transfer.h"

namespace puntual::on_ramp {
namespace {

constexpr int64_t kMailAgainMs = 10 * kMinuteMs;
constexpr size_t kLineMax = 76;

// Nothing that could end a line or an address early.
bool is_plain_address(std::string_view text) {
  const auto is_plain = [](char c) {
    return c > ' ' && c < 0x7F && c != '<' && c != '>' && c != ',';
  };
  return std::ranges::count(text, '@') == 1 && std::ranges::all_of(text, is_plain) &&
         !text.starts_with('@') && !text.ends_with('@');
}

std::string in_lines(std::string_view bytes) {
  const std::string text = base64(bytes);
  std::string lines;
  for (size_t at = 0; at < text.size(); at += kLineMax) lines += text.substr(at, kLineMax) + "\r\n";
  return lines;
}

// RFC 2047: words of at most 75 characters, none ending within a character of UTF-8.
std::string header_words(std::string_view text) {
  constexpr size_t kBytesMax = 42;
  std::string words;
  while (!text.empty()) {
    size_t end = std::min(kBytesMax, text.size());
    while (end < text.size() && end > 1 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
      --end;
    words +=
        fmt::format("{}=?UTF-8?B?{}?=", words.empty() ? "" : "\r\n ", base64(text.substr(0, end)));
    text.remove_prefix(end);
  }
  return words;
}

std::string mail_date(Instant at) {
  static constexpr std::array<std::string_view, 7> kDays = {"Mon", "Tue", "Wed", "Thu",
                                                            "Fri", "Sat", "Sun"};
  static constexpr std::array<std::string_view, 12> kMonths = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::sys_seconds seconds{std::chrono::seconds(at.ms / kSecondMs)};
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(seconds - day);
  return fmt::format(
      "{}, {:02} {} {} {:02}:{:02}:{:02} +0000",
      kDays[std::chrono::weekday(day).iso_encoding() - 1], static_cast<unsigned>(date.day()),
      kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
      time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace

std::string mail_of(const EmailOptions& options, const SendRequest& request, Instant at) {
  const std::string domain = options.from.substr(options.from.find('@') + 1);
  const std::string mark = "puntual-" + request.attempt_id;
  std::string mail =
      fmt::format("From: {} <{}>\r\nTo: <{}>\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@{}>\r\n",
                  header_words(options.name), options.from, request.recipient,
                  header_words(options.subject), mail_date(at), request.attempt_id, domain);
  if (!options.reply_to.empty()) mail += fmt::format("Reply-To: <{}>\r\n", options.reply_to);
  // RFC 8058: one click in the reader's own mail program, without our page.
  if (!request.stop_link.empty())
    mail += fmt::format(
        "List-Unsubscribe: <{}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        request.stop_link);
  mail += fmt::format(
      "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; "
      "boundary=\"{}\"\r\n\r\n",
      mark);
  mail += fmt::format(
      "--{}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\n{}",
      mark, in_lines(request.body));
  if (const auto code = document::qr_code(request.link)) {
    mail += fmt::format(
        "--{}\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Disposition: inline; filename=\"whatsapp.png\"\r\n\r\n{}",
        mark, in_lines(document::qr_png(*code, 6)));
  }
  return mail + fmt::format("--{}--\r\n", mark);
}

Result<std::unique_ptr<Email>> Email::open(EmailOptions options) {
  if (!options.url.starts_with("smtp://") && !options.url.starts_with("smtps://")) {
    return fail(ErrorCode::Invalid,
                "[on_ramp.email] url = \"{}\" (expected smtps://SERVER or smtp://SERVER:587)",
                options.url);
  }
  if (!is_plain_address(options.from)) {
    return fail(ErrorCode::Invalid,
                "[on_ramp.email] from = \"{}\" is no address (expected avisos@example.com)",
                options.from);
  }
  if (!options.reply_to.empty() && !is_plain_address(options.reply_to)) {
    return fail(ErrorCode::Invalid,
                "[on_ramp.email] reply_to = \"{}\" is no address (expected cartera@example.com)",
                options.reply_to);
  }
  return std::unique_ptr<Email>(new Email(std::move(options)));
}

SendResult Email::send(const SendRequest& request, int64_t within_ms) {
  SendResult result;
  result.is_of(request);
  if (!is_plain_address(request.recipient)) {
    result.outcome = SendOutcome::Rejected;
    result.error_code =
        553;  // As a server says of a name that cannot be one (RFC 5321 section 4.2.3).
    return result;
  }
  const Instant now{std::chrono::duration_cast<std::chrono::milliseconds>(
                        std::chrono::system_clock::now().time_since_epoch())
                        .count()};
  Transfer transfer(options_.url, mail_of(options_, request, now));
  CURL* easy = transfer.easy();
  curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy, CURLOPT_MAIL_FROM, options_.from.c_str());
  if (!is_this_machine(options_.url) || !options_.ca_file.empty())
    curl_easy_setopt(easy, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  if (!options_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
  if (!options_.user.empty()) {
    curl_easy_setopt(easy, CURLOPT_USERNAME, options_.user.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, options_.password.c_str());
  }
  transfer.add_recipient(request.recipient);
  const Seen seen = transfer.run(within_ms);
  result.error_code = static_cast<int>(seen.status);
  const bool was_refused = seen.status >= 500 && (seen.is_body_started || seen.has_named_recipient);
  if (seen.code == CURLE_OK) {
    result.outcome = SendOutcome::Accepted;
    result.platform_id = "email:" + request.attempt_id;
    result.error_code = 0;
  } else if (was_refused) {
    result.outcome = SendOutcome::Rejected;
  } else if (!seen.is_body_started ||
             seen.status >= 400) {  // A 4xx after the body: it was not taken, and may come again.
    result.outcome = SendOutcome::NotSent;
    if (!seen.is_late) result.retry_after_ms = kMailAgainMs;
  }
  result.detail = curl_easy_strerror(seen.code);
  return result;
}

}  // namespace puntual::on_ramp
