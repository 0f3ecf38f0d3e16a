#include "tests/ui/support/Scene.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder::test {

void Scene::fillActivity()
{
    struct Line
    {
        QString type;
        QString actor;
        QString email;
        QJsonObject details;
    };
    const QList<Line> lines {
        {u"login_succeeded"_s, u"user"_s, u"ada.lovelace@example.com"_s, {{u"method"_s, u"password"_s}}},
        {u"login_failed"_s, u"user"_s, u"grace.hopper@example.com"_s, {{u"email"_s, u"grace.hopper@example.com"_s}}},
        {u"session_revoked"_s, u"console"_s, u"alan.turing@example.com"_s, {{u"reason"_s, u"admin"_s}}},
        {u"refresh_reused"_s, u"system"_s, u"tony.hoare@example.com"_s, {{u"reason"_s, u"reuse"_s}}},
        {u"key_rotated"_s, u"command line"_s, {}, {{u"kid"_s, u"k-2026"_s}, {u"purpose"_s, u"access"_s}}},
        {u"user_disabled"_s, u"console"_s, u"hedy.lamarr@example.com"_s, {}},
    };
    constexpr int number = 60;
    for (int i = 0; i < number; ++i) {
        const Line &line = lines[i % lines.size()];
        const TimePoint at = clock.now() - 7min * i;
        const bool isOfSomebody = !line.email.isEmpty();
        const bool isOfSession = line.type == "session_revoked"_L1;
        console.activityRows += ActivityView {.id = Id::create(at),
                                              .seq = number - i,
                                              .at = at,
                                              .type = line.type,
                                              .actor = line.actor,
                                              .userId = isOfSomebody ? std::optional(Id::create(clock.now() - 48h)) : std::nullopt,
                                              .email = line.email,
                                              .sessionId = isOfSession ? std::optional(Id::create(at)) : std::nullopt,
                                              .address = isOfSomebody ? u"203.0.113.%1"_s.arg(i % 5) : QString(),
                                              .details = line.details,
                                              .hash = QString(64, QChar(u'a' + i % 6))};
    }
}

RefusalView Scene::refusal(qint64 number, ErrorCode code) const
{
    const bool isLimit = code == ErrorCode::LimitReached;
    const RefusedRequestView request {.id = u"req-%1"_s.arg(number),
                                      .at = clock.now(),
                                      .method = isLimit ? u"POST"_s : u"GET"_s,
                                      .route = isLimit ? u"/login"_s : u"/me"_s,
                                      .status = statusOf(code),
                                      .code = code,
                                      .why = u"the token has expired"_s,
                                      .address = u"203.0.113.%1"_s.arg(number % 5),
                                      .rule = isLimit ? u"login_per_address"_s : QString(),
                                      .number = number};
    const RefusalCheckView limit {
        .check = RefusalCheck::Limit, .outcome = CheckOutcome::Failed, .reason = RefusalReason::LimitReached, .found = request.rule};
    const RefusalCheckView other {
        .check = RefusalCheck::Other, .outcome = CheckOutcome::Failed, .reason = RefusalReason::Said, .found = request.why};
    return {.subject = RefusalSubject::Request, .now = clock.now(), .checks = {isLimit ? limit : other}, .request = request};
}

void Scene::fillRefusals()
{
    constexpr int number = 120;
    for (int i = number; i >= 1; --i)
        console.refusalRows += refusal(i, i % 3 == 0 ? ErrorCode::LimitReached : ErrorCode::InvalidToken);
}

} // namespace warder::test
