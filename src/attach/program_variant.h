// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Which variant of which BPF program serves an attachment.
#pragma once

#include <cstdint>
#include <string>

#include "plan/attach_plan.h"

namespace nettrace {

// The values of the placeholders (nettrace/config.h), and what it will be attached as.
struct ProgramVariant {
  std::string program;                // as in nettrace.bpf.c
  uint64_t flags = 0;                 // NT_VARIANT_*
  uint64_t cookie = 0;                // with NT_VARIANT_COOKIE
  uint32_t expected_attach_type = 0;  // enum bpf_attach_type
  uint32_t btf_id = 0;                // with NT_VARIANT_TRACING: of the function, if it is for one
  int btf_fd = 0;                     // of that function's module; 0: it is built in

  auto operator<=>(const ProgramVariant&) const =
      default;  // NOLINT(modernize-use-nullptr): clang 14 errs

  // The same, for this attachment only.
  ProgramVariant with_cookie(uint64_t value) const;
};

// For the hit; of functions also for the return, where that is another program's work.
ProgramVariant entry_variant(const Attachment& attachment);
// The same where attachments have cookies: all can share one variant that learns from them where
// the skb is. Functions that begin with it, and most do, have one that knows.
ProgramVariant shared_entry_variant(const Attachment& attachment);
ProgramVariant return_variant(const Attachment& attachment);

uint64_t cookie_of(const Attachment& attachment);
// For one attachment only, which has no cookie.
ProgramVariant own_variant(const Attachment& attachment, bool at_return);

}  // namespace nettrace
