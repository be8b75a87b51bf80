// One POST to a system of the creditor's, and what it said. Nothing is repeated here: who sends
// (app/webhook_sender) knows what was tried before.
//
// HTTPS to public addresses only, looked at when the connection is made, whatever the name resolved
// to before; TLS is verified, no redirection followed, no proxy used. Hosts that the settings name
// may lie on the local network; plain http is for those on this machine.
#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace puntual::hooks {

struct PostOptions {
  std::vector<std::string> private_hosts;       // "erp.interno", "127.0.0.1": may be reached at
                                                // addresses that are not public.
  int64_t patience_ms = 20'000;                 // For the whole of it.
  const std::atomic<bool>* stopping = nullptr;  // Ends one that is under way.
};

struct Posted {
  int status = 0;      // 0: there was no answer, and `answer` says why.
  std::string answer;  // Of a refusal: its beginning, on one line. What was taken needs no words,
                       // and might repeat ours.
  int64_t latency_ms = 0;
  int64_t retry_after_ms = 0;  // As the receiver wishes; 0: it does not say.
  [[nodiscard]] bool is_taken() const { return status >= 200 && status < 300; }
};

// Invalid, with the reason, when events cannot be sent there.
[[nodiscard]] Result<void> check_url(const std::string& url, const PostOptions& options);

// `headers`: "name: value". Thread-safe.
[[nodiscard]] Posted post(const std::string& url, const std::vector<std::string>& headers,
                          std::string_view body, const PostOptions& options);

}  // namespace puntual::hooks
