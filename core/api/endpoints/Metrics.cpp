#include "core/api/endpoints/Metrics.h"

#include "core/net/gate/ConnectionCounts.h"
#include "core/platform/Process.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/telemetry/Health.h"
#include "core/telemetry/Log.h"
#include "core/telemetry/TrafficStatistics.h"

#include <QLocale>

#include <array>

namespace warder {
namespace {

/// A line of a family. What follows the family's name is empty, or `{label="value"}`, with `_bucket` and the like before it.
struct Sample
{
    QByteArray name;
    double value = 0;
};

QByteArray decimal(double value) { return QByteArray::number(value, 'f', QLocale::FloatingPointShortest); }

QByteArray family(const QByteArray &name, const QByteArray &type, const QByteArray &help, const QList<Sample> &samples)
{
    QByteArray text = "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    for (const Sample &sample : samples)
        text += name + sample.name + ' ' + decimal(sample.value) + '\n';
    return text;
}

QByteArray gauge(const QByteArray &name, const QByteArray &help, double value) { return family(name, "gauge", help, {{"", value}}); }

QByteArray counter(const QByteArray &name, const QByteArray &help, double value) { return family(name, "counter", help, {{"", value}}); }

/// The values are names of ours: nothing in them needs an escape.
QByteArray label(const QByteArray &name, const QByteArray &value) { return '{' + name + "=\"" + value + "\"}"; }

QByteArray byOutcome(const QByteArray &name, const QByteArray &help, const TrafficTotals::ByOutcome &counts)
{
    static constexpr std::array outcomes {"succeeded", "redirected", "refused", "limited", "failed"};
    static_assert(outcomes.size() == std::tuple_size_v<TrafficTotals::ByOutcome>);
    QList<Sample> samples;
    for (size_t i = 0; i < counts.size(); ++i)
        samples += {label("outcome", outcomes[i]), double(counts[i])};
    return family(name, "counter", help, samples);
}

/// A bucket for each doubling.
QByteArray durations(const TrafficTotals &totals)
{
    QList<Sample> samples;
    double passed = 0;
    for (size_t i = 0; i < latency::classes; ++i) {
        passed += double(totals.durations[i]);
        if (i + 1 == latency::classes)
            samples += {"_bucket" + label("le", "+Inf"), passed};
        else if ((i + 1) % latency::perDoubling == 0)
            samples += {"_bucket" + label("le", decimal(latency::boundOf(i))), passed};
    }
    samples += {"_sum", double(totals.duration.count()) / 1e6};
    samples += {"_count", passed};
    return family("warder_http_request_duration_seconds", "histogram", "How long requests took; no time, if the gate refused them.",
                  samples);
}

QByteArray trafficText(const TrafficTotals &totals)
{
    return byOutcome("warder_http_requests_total", "Answered requests: 2xx, 3xx, 4xx, 429, 5xx.", totals.requests) + durations(totals)
           + byOutcome("warder_sign_ins_total", "Sign-ins, and sign-ups that succeeded.", totals.signIns)
           + byOutcome("warder_refreshes_total", "Refreshes with a token.", totals.refreshes);
}

QByteArray limitsText(RateLimiter &limiter, TimePoint now)
{
    QList<Sample> decisions;
    const LimiterStatistics &statistics = limiter.statistics();
    for (const RateRule &rule : limiter.rules()) {
        const auto labels = [&rule](const QByteArray &outcome) -> QByteArray {
            return "{rule=\"" + rule.name.toLatin1() + "\",outcome=\"" + outcome + "\"}";
        };
        decisions += {labels("allowed"), double(statistics.allowed(rule.name))};
        decisions += {labels("denied"), double(statistics.denials(rule.name))};
    }
    return family("warder_rate_limit_decisions_total", "counter", "What rules said, each to every request that it applies to.", decisions)
           + gauge("warder_limited_clients", "Addresses and accounts that a rate limit holds back now.",
                   double(limiter.heldBack(Seconds {0}, now).size()));
}

/// What the gate saw, since the start.
QByteArray gateText(const ConnectionCounts &counts)
{
    QList<Sample> refusals;
    for (const auto &[status, count] : counts.refusals())
        refusals += {label("status", QByteArray::number(status)), double(count)};
    return gauge("warder_connections", "Connections now.", counts.connections())
           + counter("warder_connections_turned_away_total", "Connections refused because there were too many.",
                     double(counts.turnedAway()))
           + counter("warder_connections_timed_out_total", "Connections that ran out of time.", double(counts.timedOut()))
           + counter("warder_connections_failed_total", "Connections without the PROXY header or TLS handshake that was due.",
                     double(counts.failedEntries()))
           + counter("warder_gate_requests_total", "Requests that passed the gate.", double(counts.requests()))
           + family("warder_gate_refusals_total", "counter", "Requests that the gate refused, by status.", refusals);
}

/// A line for each problem, so that an alert can name it; and whether any of them refuses requests.
QByteArray healthText(const Health &health)
{
    QList<Sample> problems;
    bool isDown = false;
    for (const Problem &problem : health.problems()) {
        problems += {label("code", problem.code.toLatin1()), problem.down ? 2.0 : 1.0};
        isDown |= problem.down;
    }
    return gauge("warder_healthy", "0 while requests are refused because of a problem.", isDown ? 0 : 1)
           + counter("warder_log_lines_dropped_total", "Lines of the log that could not be written.", double(droppedLogLines()))
           + family("warder_problem", "gauge", "What is wrong now, by code: 1 degraded, 2 requests are refused.", problems);
}

QByteArray processText(const platform::ProcessUse &use)
{
    return counter("process_cpu_seconds_total", "CPU time of the process.", use.cpuSeconds)
           + gauge("process_resident_memory_bytes", "Memory of the process.", double(use.residentBytes))
           + gauge("process_open_fds", "Open files and sockets.", double(use.openDescriptors))
           + gauge("process_max_fds", "How many there may be.", platform::descriptorLimit())
           + gauge("process_start_time_seconds", "When the process started, since 1970.", double(toMilliseconds(use.startedAt)) / 1000);
}

} // namespace

QByteArray metricsText(const Services &services, TimePoint now)
{
    return trafficText(services.traffic.totals()) + limitsText(services.limiter, now) + healthText(services.health)
           + gateText(services.counts) + processText(platform::processUse());
}

} // namespace warder
