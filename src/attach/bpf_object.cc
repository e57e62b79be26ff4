// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "attach/bpf_object.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

#include "attach/verified_insns.h"
#include "base/kernel_errno.h"
#include "bpf_image/classic_bpf.h"
#include "nettrace.skel.h"
#include "nettrace/tracking.h"
#include "nettrace_no_kfuncs.skel.h"

namespace nettrace {
namespace {

// The end of a log names the cause, but before 6.4 the kernel keeps the beginning of one that is
// too long.
constexpr size_t log_bytes = 16 << 20;

Error load_error(int error) {
  if (error == EPERM) {
    return trace_error("the kernel refuses to load the BPF programs (permission denied)",
                       "run nettrace --check to see what this machine allows");
  }
  return trace_error(fmt::format("the kernel refuses the BPF programs ({})", error_words(error)),
                     "-v shows the verifier's log; please report it");
}

void patch(std::span<bpf_insn> insns, uint64_t placeholder, uint64_t value) {
  const auto low = [](uint64_t number) { return static_cast<int32_t>(number); };
  const auto high = [](uint64_t number) { return static_cast<int32_t>(number >> 32); };
  for (size_t i = 0; i + 1 < insns.size(); ++i) {
    bpf_insn& first = insns[i];
    bpf_insn& second = insns[i + 1];
    if (first.code != (BPF_LD | BPF_IMM | BPF_DW)) continue;
    if (first.src_reg == 0 && first.imm == low(placeholder) && second.imm == high(placeholder)) {
      first.imm = low(value);
      second.imm = high(value);
    }
    ++i;  // the second half of a 64-bit constant
  }
}

void patch_call(std::span<bpf_insn> insns, int32_t placeholder, uint32_t function) {
  if (function == 0) return;
  for (bpf_insn& insn : insns) {
    if (insn.code != (BPF_JMP | BPF_CALL) || insn.src_reg != 0 || insn.imm != placeholder) continue;
    insn.src_reg = BPF_PSEUDO_KFUNC_CALL;
    insn.imm = static_cast<int32_t>(function);
  }
}

using Images = std::map<std::string, ProgramImage, std::less<>>;

// libbpf calls this when a program is relocated and about to be loaded. What is loaded are
// variants: the image is taken, and the program replaced by one that the verifier has no work with.
int take_image(bpf_program* program, bpf_prog_load_opts* options, long images) {
  const bpf_insn nothing[] = {
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0},
      {.code = BPF_JMP | BPF_EXIT, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0}};
  const std::span image(bpf_program__insns(program), bpf_program__insn_cnt(program));
  const std::span functions(static_cast<const bpf_func_info*>(options->func_info),
                            options->func_info_cnt);
  // NOLINTNEXTLINE(performance-no-int-to-ptr): libbpf hands on a number
  reinterpret_cast<Images*>(images)->insert_or_assign(
      bpf_program__name(program),
      ProgramImage{{image.begin(), image.end()}, {functions.begin(), functions.end()}});
  options->func_info_cnt = 0;
  options->line_info_cnt = 0;
  std::vector<bpf_insn> replaced(std::begin(nothing), std::end(nothing));
  return bpf_program__set_insns(program, replaced.data(), replaced.size());
}

// As long as it lives, programs give their images when they are loaded.
class ImageCollector {
 public:
  explicit ImageCollector(Images& images) {
    LIBBPF_OPTS(libbpf_prog_handler_opts, options);
    options.cookie = reinterpret_cast<long>(&images);
    options.prog_prepare_load_fn = take_image;
    handlers_ = {
        libbpf_register_prog_handler("kprobe", BPF_PROG_TYPE_KPROBE, {}, &options),
        libbpf_register_prog_handler("raw_tracepoint", BPF_PROG_TYPE_RAW_TRACEPOINT, {}, &options)};
  }
  ~ImageCollector() {
    for (const int handler : handlers_) libbpf_unregister_prog_handler(handler);
  }
  ImageCollector(const ImageCollector&) = delete;
  ImageCollector& operator=(const ImageCollector&) = delete;

 private:
  std::array<int, 2> handlers_{};
};

nettrace_bpf* discard(nettrace_bpf* object, int error) {
  nettrace_bpf::destroy(object);
  errno = error;
  return nullptr;
}

// nettrace_bpf::open() of the object that has the same maps and calls no kernel functions.
nettrace_bpf* open_with_types(const std::string& btf_file) {
  auto* const object = static_cast<nettrace_bpf*>(std::calloc(1, sizeof(nettrace_bpf)));
  if (object == nullptr) return nullptr;
  if (const int error = nettrace_bpf__create_skeleton(object)) return discard(object, -error);
  object->skeleton->data = nettrace_no_kfuncs__elf_bytes(&object->skeleton->data_sz);
  LIBBPF_OPTS(bpf_object_open_opts, options);
  options.btf_custom_path = btf_file.c_str();
  if (const int error = bpf_object__open_skeleton(object->skeleton, &options)) {
    return discard(object, -error);
  }
  return object;
}

// libbpf would make the same map, and freeze it before userspace has the constants.
std::optional<Error> make_constants(bpf_map* map, size_t bytes) {
  LIBBPF_OPTS(bpf_map_create_opts, options);
  options.map_flags = BPF_F_MMAPABLE | BPF_F_RDONLY_PROG;
  const Fd constants(bpf_map_create(BPF_MAP_TYPE_ARRAY, "constants", sizeof(uint32_t),
                                    static_cast<uint32_t>(bytes), 1, &options));
  if (constants && bpf_map__reuse_fd(map, constants.get()) == 0) return std::nullopt;
  return load_error(errno);
}

// Apart from the programs, whose errors have another remedy.
std::optional<Error> make_ring(bpf_map* map, uint32_t bytes) {
  const Fd ring(bpf_map_create(BPF_MAP_TYPE_RINGBUF, "ring", 0, 0, bytes, nullptr));
  if (ring && bpf_map__reuse_fd(map, ring.get()) == 0) return std::nullopt;
  if (errno == EPERM) return load_error(EPERM);
  return trace_error(fmt::format("no ring buffer of {} KiB ({})", bytes >> 10, error_words(errno)),
                     "give it less memory with --buffer-size");
}

}  // namespace

void BpfObject::Destroy::operator()(nettrace_bpf* object) const { nettrace_bpf::destroy(object); }
BpfObject::BpfObject(nettrace_bpf* object, const Setup& setup)
    : object_(object), setup_(setup), verified_(std::make_unique<std::atomic<uint64_t>>()) {}
BpfObject::BpfObject(BpfObject&&) noexcept = default;
BpfObject& BpfObject::operator=(BpfObject&&) noexcept = default;
BpfObject::~BpfObject() = default;

Result<BpfObject> BpfObject::make(const Setup& setup) {
  Images images;
  const ImageCollector collector(images);
  BpfObject object(setup.btf_file.empty() ? nettrace_bpf::open() : open_with_types(setup.btf_file),
                   setup);
  if (!object.object_) return load_error(errno);
  const auto& maps = object.object_->maps;
  size_t bytes = 0;
  const auto* initial = static_cast<const std::byte*>(bpf_map__initial_value(maps.rodata, &bytes));
  object.constants_.assign(initial, initial + bytes);
  bpf_map__set_max_entries(maps.tracked_skbs, setup.max_tracked);
  bpf_map__set_max_entries(maps.deferred_packets, setup.max_deferred);
  bpf_map__set_max_entries(maps.calls, setup.max_calls);
  bpf_map__set_max_entries(maps.hits, setup.counted_leaves);
  bpf_map__set_max_entries(maps.leaf_args, setup.listing_leaves);
  if (auto error = make_constants(maps.rodata, bytes)) return *error;
  if (auto error = make_ring(maps.ring, setup.ring_bytes)) return *error;
  if (const int error = nettrace_bpf::load(object.object_.get())) return load_error(-error);
  object.images_ = std::move(images);
  return object;
}

Result<Done> BpfObject::set_leaf_args(const std::vector<nt_leaf_args>& leaves) const {
  for (uint32_t leaf = 0; leaf < leaves.size(); ++leaf) {
    if (leaves[leaf].position[0] == 0) continue;
    if (bpf_map_update_elem(bpf_map__fd(object_->maps.leaf_args), &leaf, &leaves[leaf], BPF_ANY) !=
        0) {
      return load_error(errno);
    }
  }
  return Done{};
}

Result<Done> BpfObject::set_constants(const nt_config& config, const nt_memory& memory) {
  // The map may be mapped by now, and for reading only.
  auto& constants = *reinterpret_cast<decltype(object_->rodata)>(constants_.data());
  constants.config = config;
  constants.config.ring_half = setup_.ring_bytes / 2;
  constants.memory = memory;
  const int map = bpf_map__fd(object_->maps.rodata);
  const uint32_t only = 0;
  if (bpf_map_update_elem(map, &only, constants_.data(), BPF_ANY) != 0 ||
      bpf_map_freeze(map) != 0) {
    return load_error(errno);
  }
  if (config.expression) {
    for (auto& [name, image] : images_) {
      image = with_expression(std::move(image), setup_.expression);
    }
  }
  return Done{};
}

KernelResult<Fd> BpfObject::load_variant(const ProgramVariant& variant) const {
  return load_image(variant, {}, 0);
}

KernelResult<Fd> BpfObject::load_with_log(const ProgramVariant& variant, std::string& log) const {
  constexpr uint32_t steps = 1;  // BPF_LOG_LEVEL1 of include/linux/bpf_verifier.h
  const std::unique_ptr<char[]> buffer(new char[log_bytes]);  // what is not written takes no memory
  buffer[0] = '\0';
  auto program = load_image(variant, {buffer.get(), log_bytes}, steps);
  log.assign(buffer.get(), strnlen(buffer.get(), log_bytes));
  return program;
}

ProgramImage BpfObject::image(const ProgramVariant& variant) const {
  ProgramImage image = images_.at(variant.program);
  patch(image.insns, NT_VARIANT_PLACEHOLDER, variant.flags);
  patch(image.insns, NT_COOKIE_PLACEHOLDER, variant.cookie);
  patch_call(image.insns, NT_CALL_SESSION_IS_RETURN, setup_.session_is_return);
  patch_call(image.insns, NT_CALL_SESSION_COOKIE, setup_.session_cookie);
  return image;
}

ConstantMap BpfObject::constants() const {
  return {.fd = bpf_map__fd(object_->maps.rodata), .bytes = constants_};
}

int BpfObject::btf_fd() const { return bpf_object__btf_fd(object_->obj); }

// An empty `log`: none.
KernelResult<Fd> BpfObject::load_image(const ProgramVariant& variant, std::span<char> log,
                                       uint32_t log_level) const {
  const bpf_program* program =
      bpf_object__find_program_by_name(object_->obj, variant.program.c_str());
  auto pruned = prune(image(variant), constants());
  if (!pruned) return KernelError{EINVAL};  // an instruction that the pruner does not know
  const ProgramImage& image = *pruned;
  LIBBPF_OPTS(bpf_prog_load_opts, options);
  options.expected_attach_type = static_cast<bpf_attach_type>(variant.expected_attach_type);
  options.attach_btf_id = variant.btf_id;
  options.attach_btf_obj_fd = static_cast<uint32_t>(variant.btf_fd);
  options.log_buf = log.empty() ? nullptr : log.data();
  options.log_size = static_cast<uint32_t>(log.size());
  options.log_level = log_level;
  if (!image.functions.empty()) {
    options.prog_btf_fd = static_cast<uint32_t>(btf_fd());
    options.func_info = image.functions.data();
    options.func_info_cnt = static_cast<uint32_t>(image.functions.size());
    options.func_info_rec_size = sizeof(bpf_func_info);
  }
  std::vector<char> counts(log.empty() && setup_.counts_verified ? verifier_log_bytes : 1);
  if (log.empty() && setup_.counts_verified) {
    options.log_level = verifier_log_stats;
    options.log_buf = counts.data();
    options.log_size = static_cast<uint32_t>(counts.size());
  }
  const bpf_prog_type type =
      variant.flags & NT_VARIANT_TRACING ? BPF_PROG_TYPE_TRACING : bpf_program__type(program);
  auto loaded = owned(bpf_prog_load(type, variant.program.c_str(), "Dual BSD/GPL",
                                    image.insns.data(), image.insns.size(), &options));
  if (loaded) *verified_ += verified_insns(counts.data());
  return loaded;
}

int BpfObject::ring_fd() const { return bpf_map__fd(object_->maps.ring); }

nt_stats BpfObject::stats() const {
  const auto load = [](const __u64& counter) {
    return __atomic_load_n(&counter, __ATOMIC_RELAXED);
  };
  nt_stats sum{};
  for (const nt_stats& slot : object_->bss->stats) {
    sum.ring_full += load(slot.ring_full);
    sum.rest_full += load(slot.rest_full);
    sum.tracked_full += load(slot.tracked_full);
    sum.calls_full += load(slot.calls_full);
    sum.steps_full += load(slot.steps_full);
  }
  return sum;
}

Result<std::vector<uint64_t>> BpfObject::hits() const {
  const auto unreadable = [](int error) {
    return trace_error(fmt::format("cannot read the counters of hits ({})", error_words(error)),
                       "run nettrace as root, with /sys mounted");
  };
  const int cpus = libbpf_num_possible_cpus();
  if (cpus < 0) return unreadable(-cpus);
  std::vector<uint64_t> of_cpus(static_cast<size_t>(cpus));
  std::vector<uint64_t> sums(setup_.counted_leaves);
  for (uint32_t leaf = 0; leaf < sums.size(); ++leaf) {
    if (bpf_map_lookup_elem(bpf_map__fd(object_->maps.hits), &leaf, of_cpus.data()) != 0) {
      return unreadable(errno);
    }
    sums[leaf] = std::accumulate(of_cpus.begin(), of_cpus.end(), uint64_t{0});
  }
  return sums;
}

void BpfObject::set_reader_waits(bool waits) const {
  __atomic_store_n(&object_->bss->reader_waits, waits ? 1 : 0, __ATOMIC_SEQ_CST);
}

void BpfObject::set_tracing(bool tracing) const {
  __atomic_store_n(&object_->bss->is_tracing, tracing ? 1 : 0, __ATOMIC_SEQ_CST);
}

void BpfObject::set_settling(bool settling) const {
  __atomic_store_n(&object_->bss->is_settling, settling ? 1 : 0, __ATOMIC_SEQ_CST);
}

void BpfObject::forget(uint64_t tracking_id, uint64_t skb) const {
  nt_tracked_skb tracked;
  const int tracked_skbs = bpf_map__fd(object_->maps.tracked_skbs);
  if (bpf_map_lookup_elem(tracked_skbs, &skb, &tracked) != 0 || tracked.id != tracking_id) return;
  bpf_map_delete_elem(tracked_skbs, &skb);
}

}  // namespace nettrace
