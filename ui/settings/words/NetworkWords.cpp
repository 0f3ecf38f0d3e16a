#include "ui/settings/words/SettingWords.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

// clang-format off: a text a line
constexpr std::array networkWords {
    //: Name of a setting.
    SettingWords {"http.listen"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Where it listens"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Where the server listens: addresses with ports, and unix:/path for unix domain sockets.")},
    //: Name of a setting.
    SettingWords {"http.unix_mode"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Mode of the sockets’ files"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "File mode of the unix domain sockets.")},
    //: Name of a setting.
    SettingWords {"http.unix_group"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Group of the sockets’ files"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Group of the unix domain sockets; empty: the server's own.")},
    //: Name of a setting.
    SettingWords {"http.tls_certificate"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Certificate"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "PEM file with the certificate and its chain: TLS on all addresses, not on unix sockets; empty: "
                                    "none.")},
    //: Name of a setting.
    SettingWords {"http.tls_key"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Private key of the certificate"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "PEM file with the certificate's private key.")},
    //: Name of a setting.
    SettingWords {"http.threads"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "HTTP threads"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Threads that read and answer requests; 0: one a core.")},
    //: Name of a setting.
    SettingWords {"http.base_path"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Path in front of all"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "In front of every path, for a proxy that gives the server a folder of a site.")},
    //: Name of a setting.
    SettingWords {"http.allowed_origins"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Allowed origins"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Web pages of these origins may call the server with cookies.")},
    //: Name of a setting.
    SettingWords {"http.hosts"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Names of this server"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Names that browsers reach this server by over plain HTTP, beside localhost, addresses and the "
                                    "issuer's.")},
    //: Name of a setting.
    SettingWords {"http.cookies_insecure"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Cookies over plain HTTP"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Cookies also over plain HTTP; for development only.")},
    //: Name of a setting.
    SettingWords {"http.cookie_prefix"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Prefix of cookies"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "How the names of the cookies begin: two servers on one host need two prefixes.")},
    //: Name of a setting.
    SettingWords {"http.trusted_proxies"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Trusted proxies"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Proxies whose word about the client's address is believed.")},
    //: Name of a setting.
    SettingWords {"http.proxy_protocol"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "PROXY protocol"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Trusted proxies and unix sockets begin each connection with a PROXY header.")},
    //: Name of a setting.
    SettingWords {"http.service_token"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Service token"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts",
                                    "Lets a frontend's server say for which client it asks (X-Warder-Service-Token); empty: none may.")},
    //: Name of a setting.
    SettingWords {"http.docs"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Description of the API"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Whether /docs and /openapi.json describe the API to everybody.")},
    //: Name of a setting.
    SettingWords {"http.max_request_line_bytes"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Longest request line"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Longer request lines are refused.")},
    //: Name of a setting.
    SettingWords {"http.max_head_bytes"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Longest request head"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Longer request heads are refused.")},
    //: Name of a setting.
    SettingWords {"http.max_header_fields"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Most header fields"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Requests with more header fields are refused.")},
    //: Name of a setting.
    SettingWords {"http.max_body_bytes"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Longest request body"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Longer request bodies are refused.")},
    //: Name of a setting.
    SettingWords {"http.min_body_rate"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Slowest request body"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Bytes a second that a body must keep once its time-out is over.")},
    //: Name of a setting.
    SettingWords {"http.max_connections"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Most connections"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Connections at once; more are refused.")},
    //: Name of a setting.
    SettingWords {"http.max_connections_per_address"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Most connections of an address"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Connections at once from one address.")},
    //: Name of a setting.
    SettingWords {"http.max_unsent_bytes"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Most bytes that wait for clients"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "Long answers that clients have not taken yet, all together; 503 beyond.")},
    //: Name of a setting.
    SettingWords {"http.max_requests_per_connection"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Most requests of a connection"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "After so many requests a connection is closed.")},
    //: Name of a setting.
    SettingWords {"http.handshake_timeout"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Time for a handshake"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "A PROXY header, and then a TLS handshake, must each be over within.")},
    //: Name of a setting.
    SettingWords {"http.first_byte_timeout"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Time until the first byte"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "A new connection must send its first byte within.")},
    //: Name of a setting.
    SettingWords {"http.head_timeout"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Time for a request’s head"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "A request must send its head within.")},
    //: Name of a setting.
    SettingWords {"http.body_timeout"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Time for a request’s body"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "A request must send its body within.")},
    //: Name of a setting.
    SettingWords {"http.write_timeout"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Time to take an answer"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "A client must take an answer within, and more for a long one.")},
    //: Name of a setting.
    SettingWords {"http.idle_timeout"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Time between two requests"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "A connection between two requests is closed after.")},
    //: Name of a setting.
    SettingWords {"http.handler_timeout"_L1, QT_TRANSLATE_NOOP("warder::SettingTexts", "Time until an answer"),
                  //: What a setting decides.
                  QT_TRANSLATE_NOOP("warder::SettingTexts", "A request that is not answered by then is answered 503.")},
};
// clang-format on

} // namespace

std::span<const SettingWords> setting_words::ofNetwork() { return networkWords; }

} // namespace warder
