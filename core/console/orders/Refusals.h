#pragma once

#include "core/base/ErrorCode.h"
#include "core/base/Id.h"
#include "core/console/orders/Members.h"

#include <tuple>

namespace warder {

/// What somebody asks about.
enum class RefusalSubject { AccessToken, RefreshToken, Request, Unknown };

template <>
inline constexpr std::array namesOf<RefusalSubject> {"access_token"_L1, "refresh_token"_L1, "request"_L1, "unknown"_L1};

/// What is looked at, in the order in which the server does.
enum class RefusalCheck {
    Form,
    Key,
    Signature,
    Kind,
    Issuer,
    Audience,
    Times,
    Session,
    Generation,
    Account,
    Origin,
    Csrf,
    Limit,
    Block,
    Other,
};

template <>
inline constexpr std::array namesOf<RefusalCheck> {"form"_L1,     "key"_L1,   "signature"_L1, "kind"_L1,       "issuer"_L1,
                                                   "audience"_L1, "times"_L1, "session"_L1,   "generation"_L1, "account"_L1,
                                                   "origin"_L1,   "csrf"_L1,  "limit"_L1,     "block"_L1,      "other"_L1};

enum class CheckOutcome {
    Passed,
    Failed,
    Skipped, ///< Nothing to be said: what comes before it failed.
};

template <>
inline constexpr std::array namesOf<CheckOutcome> {"passed"_L1, "failed"_L1, "skipped"_L1};

/// Why a check failed, or what is remarkable about one that passed.
enum class RefusalReason {
    None,
    NoToken,        ///< Not of the form of any token.
    NoKeyNamed,     ///< Without a kid: of another server, or of a former backend.
    KeyUnknown,     ///< `found`: its kid.
    KeyRevoked,     ///< `at`.
    KeyOver,        ///< It verifies nothing any more, since `at`.
    KeyOfOther,     ///< Of another purpose than access tokens.
    NoKeyFits,      ///< Of a refresh token: none that is good now has signed it.
    SignatureWrong, ///< Or of another algorithm than the key's.
    KindOther,      ///< `found`, `expected`: typ.
    IssuerOther,    ///< `found`, `expected`.
    AudienceOther,  ///< `found`, `expected`.
    ClaimsMissing,
    Expired,        ///< At `at`.
    NotYetValid,    ///< Before `at`: a clock is wrong.
    SessionUnknown, ///< Removed with its account or for its age, or of a database that was restored.
    SessionEnded,   ///< At `at`, by `by` ("console"), for the reason `found` ("admin").
    SessionExpired, ///< At `at`: it was not used for too long, or is too old.
    TokenSpent,     ///< Generation `found`; the good one is `expected`. Presenting it ends the session.
    TokenRepeated,  ///< Passed: it is the one before, within the grace.
    TokenAhead,     ///< Passed: newer than the database, which is a restored copy.
    TokenFormer,    ///< Passed: of the backend that was there before. It shows who its owner is, and opens nothing else.
    AccountUnknown,
    AccountDisabled,
    OriginRefused,
    CsrfWrong,
    LimitReached, ///< `found`: the limit's name.
    NetworkBlocked,
    Said, ///< `found`: what the log says, in English.
};

template <>
inline constexpr std::array namesOf<RefusalReason> {"none"_L1,
                                                    "no_token"_L1,
                                                    "no_key_named"_L1,
                                                    "key_unknown"_L1,
                                                    "key_revoked"_L1,
                                                    "key_over"_L1,
                                                    "key_of_other"_L1,
                                                    "no_key_fits"_L1,
                                                    "signature"_L1,
                                                    "kind"_L1,
                                                    "issuer"_L1,
                                                    "audience"_L1,
                                                    "claims_missing"_L1,
                                                    "expired"_L1,
                                                    "not_yet_valid"_L1,
                                                    "session_unknown"_L1,
                                                    "session_ended"_L1,
                                                    "session_expired"_L1,
                                                    "token_spent"_L1,
                                                    "token_repeated"_L1,
                                                    "token_ahead"_L1,
                                                    "token_former"_L1,
                                                    "account_unknown"_L1,
                                                    "account_disabled"_L1,
                                                    "origin"_L1,
                                                    "csrf"_L1,
                                                    "limit_reached"_L1,
                                                    "network_blocked"_L1,
                                                    "said"_L1};

struct RefusalCheckView
{
    RefusalCheck check = RefusalCheck::Form;
    CheckOutcome outcome = CheckOutcome::Passed;
    RefusalReason reason = RefusalReason::None;
    QString found = {};
    QString expected = {};
    std::optional<TimePoint> at = {};
    QString by = {};

    bool operator==(const RefusalCheckView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("check"_L1, v.check, "outcome"_L1, v.outcome, "reason"_L1, v.reason, "found"_L1, v.found, "expected"_L1, v.expected, "at"_L1,
              v.at, "by"_L1, v.by);
    }
};

/// A request that was refused lately, as the log has it.
struct RefusedRequestView
{
    QString id;
    TimePoint at;
    QString method;
    QString route;
    int status = 0;
    ErrorCode code = ErrorCode::Internal;
    QString why; ///< In English.
    QString address;
    QString rule;
    qint64 number = 0; ///< Since the server started: an id may be a client's own, and stand twice.

    bool operator==(const RefusedRequestView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("id"_L1, v.id, "at"_L1, v.at, "method"_L1, v.method, "route"_L1, v.route, "status"_L1, v.status, "code"_L1, v.code, "why"_L1,
              v.why, "address"_L1, v.address, "rule"_L1, v.rule, "number"_L1, v.number);
    }
};

/// Why something was refused, check by check.
struct RefusalView
{
    RefusalSubject subject = RefusalSubject::Unknown;
    bool isAccepted = false; ///< A token: the server takes it now.
    TimePoint now;           ///< By the clock of the server.
    QList<RefusalCheckView> checks;
    std::optional<Id> userId = {}; ///< Whose it says it is.
    QString email = {};
    std::optional<Id> sessionId = {};
    std::optional<RefusedRequestView> request = {};

    bool operator==(const RefusalView &) const = default;

    static void members(auto &visit, auto &v)
    {
        visit("subject"_L1, v.subject, "accepted"_L1, v.isAccepted, "now"_L1, v.now, "checks"_L1, v.checks, "user_id"_L1, v.userId,
              "email"_L1, v.email, "session_id"_L1, v.sessionId, "request"_L1, v.request);
    }
};

/// Looks at an access token, a refresh token or the id of a request that was refused lately (X-Request-Id), as the server would, and
/// changes nothing by that: a spent refresh token ends no session here. What is given is neither stored nor logged, and no part of it that
/// is secret comes back. InvalidInput for more than `longest` characters; NotFound for a request that is not among the last refused ones.
struct WhyRefused : OrderFor<RefusalView, "refusals.why">
{
    static constexpr qsizetype longest = 16 * 1024;
    QString given;
    static void members(auto &visit, auto &v) { visit("given"_L1, v.given); }
};

/// The requests that were refused lately, newest first, each explained as WhyRefused does it; the server remembers the last 2000 since its
/// start. InvalidInput for a text that is too long, or a cursor of another list.
struct ListRefusals : OrderFor<PageOf<RefusalView>, "refusals.list">
{
    static constexpr bool onlyReads = true;
    static constexpr int longestPage = 200;
    QString text = {}; ///< Any part of id, address, method and route, answer ("401 invalid_token") or limit, in any case; empty: all.
    QString cursor = {};
    int limit = 0; ///< 1–200.

    static void members(auto &visit, auto &v) { visit("text"_L1, v.text, "cursor"_L1, v.cursor, "limit"_L1, v.limit); }
};

using RefusalOrders = std::tuple<WhyRefused, ListRefusals>;

} // namespace warder
