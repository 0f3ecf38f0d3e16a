#include "core/net/gate/AcceptorFilter.h"

#ifdef Q_OS_LINUX
#include <linux/filter.h>
#include <sys/socket.h>

#include <array>
#endif

namespace warder {

#ifdef Q_OS_LINUX

void refuseNewHandshakes(qintptr listeningSocket)
{
    constexpr unsigned flagsOffset = 13; // of the TCP header, where the filter's data begins (RFC 9293 §3.1)
    constexpr unsigned syn = 0x02;
    std::array<sock_filter, 4> program {{
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, flagsOffset), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, syn, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),          // drop
        BPF_STMT(BPF_RET | BPF_K, 0xffffffff), // keep all of it
    }};
    const sock_fprog filter {.len = program.size(), .filter = program.data()};
    ::setsockopt(int(listeningSocket), SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter);
}

#else

void refuseNewHandshakes(qintptr) {}

#endif

} // namespace warder
