#include "whatsapp/uploader.h"

#include <signal.h>

namespace puntual::whatsapp {
namespace {

constexpr int kUploadsAtOnce = 4;
// With the deadline less than the engine waits for an answer: what is NotSent must be said before
// it is thought uncertain.
constexpr int64_t kUploadMaxMs = 15'000;
constexpr int64_t kKnownMs =
    kHourMs;  // As long as an answer is worth sending; the platform keeps an upload for 30 days.
constexpr size_t kKnownMax = 512;

}  // namespace

Uploader::Uploader(Endpoint endpoint, const std::function<int64_t()>& boot_ms,
                   std::function<void(WaitingSend&&)> back)
    : endpoint_(std::move(endpoint)), boot_ms_(boot_ms), back_(std::move(back)) {}

void Uploader::upload(WaitingSend send) {
  PUNTUAL_CHECK(!stopping_ && send.request.attachment &&
                send.request.attachment->name_at <= send.request.body.size());
  const std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(send));
  if (threads_.empty()) {
    sigset_t all, before;  // Signals are for the other threads.
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (int i = 0; i < kUploadsAtOnce; ++i) threads_.emplace_back([this] { run(); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }
  woken_.notify_one();
}

void Uploader::set_access_token(std::string token) {
  const std::lock_guard lock(mutex_);
  endpoint_.access_token = std::move(token);
}

void Uploader::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

void Uploader::run() {
  std::optional<Management> platform;
  std::string token;  // That it was opened with.
  std::unique_lock lock(mutex_);
  for (;;) {
    woken_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    WaitingSend send = std::move(waiting_.front());
    waiting_.pop_front();
    const Endpoint endpoint = endpoint_;
    lock.unlock();
    if (std::exchange(token, endpoint.access_token) != endpoint.access_token) platform.reset();
    if (const auto media_id = media_id_of(send, endpoint, platform)) {
      send.request.body.insert(send.request.attachment->name_at, *media_id);
    } else {
      send.trouble = media_id.error().message;
    }
    send.request.attachment.reset();
    back_(std::move(send));
    lock.lock();
  }
}

Result<std::string> Uploader::media_id_of(const WaitingSend& send, const Endpoint& endpoint,
                                          std::optional<Management>& platform) {
  const SendRequest& request = send.request;
  const Digest name = sha256(request.phone_number_id + '\n' + request.attachment->bytes);
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(known_,
                  [now = boot_ms_()](const auto& one) { return one.second.until_boot_ms <= now; });
    if (const auto found = known_.find(name); found != known_.end()) return found->second.media_id;
  }
  if (stopping_) return fail(ErrorCode::Unavailable, "the program is stopping");
  if (boot_ms_() >= send.deadline_boot_ms)
    return fail(ErrorCode::Unavailable, "the deadline had passed before its document was uploaded");
  if (!platform) {
    ASSIGN_OR_RETURN(Management opened, Management::open(endpoint, kUploadMaxMs));
    platform.emplace(std::move(opened));
    platform->give_up_when(stopping_);
  }
  ASSIGN_OR_RETURN(std::string id,
                   platform->upload_media(request.phone_number_id,
                                          {.bytes = request.attachment->bytes,
                                           .mime_type = request.attachment->mime_type,
                                           .file_name = request.attachment->file_name}));
  // It becomes part of a JSON text as it stands.
  if (!is_platform_number(id))
    return fail(ErrorCode::Unavailable, "upload media: the answer's id is not a number");
  const std::lock_guard lock(mutex_);
  if (known_.size() < kKnownMax) known_.emplace(name, Known{id, boot_ms_() + kKnownMs});
  return id;
}

}  // namespace puntual::whatsapp
