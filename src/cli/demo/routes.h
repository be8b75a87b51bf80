// What the demonstration has beside the application: the showcase at /vitrina and what it asks for,
// over HTTP on loopback.
#pragma once

#include "app/worker.h"
#include "cli/demo/stage.h"
#include "http/router.h"

namespace puntual::cli::demo {

// All must outlive the server. Answers that wait for the stage are given on the worker's thread.
// `begin_again`: somebody asks for it.
void add_routes(http::Router& router, Stage& stage, Worker& worker,
                std::function<void()> begin_again);
// The payment providers themselves, behind the same address.
void add_provider_routes(http::Router& router, Counter& counter);

}  // namespace puntual::cli::demo
