#include "core/api/endpoints/Metrics.h"

#include "core/net/gate/ConnectionCounts.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/telemetry/Health.h"
#include "core/telemetry/Log.h"
#include "core/telemetry/TrafficStatistics.h"

namespace warder {
namespace {

QByteArray gauge(const QByteArray &name, const QByteArray &help, double value)
{
    return "# HELP " + name + ' ' + help + "\n# TYPE " + name + " gauge\n" + name + ' ' + QByteArray::number(value) + '\n';
}

QByteArray outcome(const QByteArray &label, qint64 value)
{
    return "warder_requests_last_minute{outcome=\"" + label + "\"} " + QByteArray::number(value) + '\n';
}

QByteArray counter(const QByteArray &name, const QByteArray &help, qint64 value)
{
    return "# HELP " + name + ' ' + help + "\n# TYPE " + name + " counter\n" + name + ' ' + QByteArray::number(value) + '\n';
}

/// What the gate saw, since the start.
QByteArray gateText(const ConnectionCounts &counts)
{
    QByteArray text =
        gauge("warder_connections", "Connections now.", counts.connections())
        + counter("warder_connections_turned_away_total", "Connections refused because there were too many.", counts.turnedAway())
        + counter("warder_connections_timed_out_total", "Connections that ran out of time.", counts.timedOut())
        + counter("warder_connections_failed_total", "Connections without the PROXY header or TLS handshake that was due.",
                  counts.failedEntries())
        + counter("warder_requests_total", "Requests that passed the gate.", counts.requests())
        + "# HELP warder_gate_refusals_total Requests that the gate refused, by status.\n# TYPE warder_gate_refusals_total counter\n";
    for (const auto &[status, count] : counts.refusals())
        text += "warder_gate_refusals_total{status=\"" + QByteArray::number(status) + "\"} " + QByteArray::number(count) + '\n';
    return text;
}

/// A line for each problem, so that an alert can name it; and whether any of them refuses requests.
QByteArray healthText(const Health &health)
{
    const QList<Problem> problems = health.problems();
    const bool down = !problems.isEmpty() && problems.first().down;
    QByteArray text =
        gauge("warder_healthy", "0 while requests are refused because of a problem.", down ? 0 : 1)
        + counter("warder_log_lines_dropped_total", "Lines of the log that could not be written.", qint64(droppedLogLines()))
        + "# HELP warder_problem What is wrong now, by code: 1 degraded, 2 requests are refused.\n# TYPE warder_problem gauge\n";
    for (const Problem &problem : problems)
        text += "warder_problem{code=\"" + problem.code.toLatin1() + "\"} " + (problem.down ? "2" : "1") + '\n';
    return text;
}

} // namespace

QByteArray metricsText(const Services &services, TimePoint now)
{
    TrafficPoint sum;
    double p50 = 0;
    double p99 = 0;
    for (const TrafficPoint &point : services.traffic.history(Seconds {60}, now)) {
        sum.succeeded += point.succeeded + point.redirected;
        sum.refused += point.refused;
        sum.limited += point.limited;
        sum.failed += point.failed;
        sum.signIns += point.signIns;
        sum.failedSignIns += point.failedSignIns;
        p50 = std::max(p50, point.p50);
        p99 = std::max(p99, point.p99);
    }
    return "# HELP warder_requests_last_minute Requests of the last minute by outcome.\n# TYPE warder_requests_last_minute gauge\n"
           + outcome("succeeded", sum.succeeded) + outcome("refused", sum.refused) + outcome("limited", sum.limited)
           + outcome("failed", sum.failed) + gauge("warder_sign_ins_last_minute", "Sign-ins of the last minute.", double(sum.signIns))
           + gauge("warder_failed_sign_ins_last_minute", "Refused sign-ins of the last minute.", double(sum.failedSignIns))
           + gauge("warder_latency_p50_milliseconds", "Worst second's median latency of the last minute.", p50)
           + gauge("warder_latency_p99_milliseconds", "Worst second's 99th percentile of the last minute.", p99)
           + gauge("warder_limited_clients", "Keys that a rate limit holds back now.", double(services.limiter.limitedNow(now).size()))
           + healthText(services.health) + gateText(services.counts);
}

} // namespace warder
