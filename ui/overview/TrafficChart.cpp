#include "ui/overview/TrafficChart.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

RangeChart::Line named(const QString &name, Plot plot) { return {.name = name, .column = name, .plot = plot}; }

} // namespace

RangeChart *TrafficChart::make(const Clock &clock, QWidget *parent)
{
    //: Name of the table of requests, sign-ins and latency, for screen readers and as a file name.
    return new RangeChart(tr("Traffic"), u"traffic"_s, {requests(), signIns(), latency()}, clock, parent);
}

RangeChart::Tab TrafficChart::requests()
{
    //: Name of a line in a chart, and of a column: requests that succeeded.
    const QString ok = tr("OK");
    //: Name of a line in a chart, and of a column: requests that were refused (4xx).
    const QString refused = tr("Refused");
    //: Name of a line in a chart, and of a column: requests that came too often (429).
    const QString limited = tr("Limited");
    //: Name of a line in a chart, and of a column: requests the server failed on (5xx).
    const QString failed = tr("Failed");
    return {//: Choice of a chart: requests by how they ended.
            .title = tr("Requests"),
            //: Name of a chart, for screen readers.
            .name = tr("Requests by outcome"),
            .lines = {named(ok, Plot::Ok), named(refused, Plot::Refused), named(limited, Plot::Limited), named(failed, Plot::Failed)}};
}

RangeChart::Tab TrafficChart::signIns()
{
    //: Name of a line in a chart, and of a column: people who signed in.
    const QString signedIn = tr("Signed in");
    //: Name of a line in a chart: sign-ins that failed.
    const QString failed = tr("Failed", "sign-ins");
    //: Column title: sign-ins that failed.
    const QString failedSignIns = tr("Failed sign-ins");
    return {//: Choice of a chart: people who signed in, or could not.
            .title = tr("Sign-ins"),
            //: Name of a chart, for screen readers.
            .name = tr("Sign-ins and failed sign-ins"),
            .lines = {named(signedIn, Plot::SignIns), {.name = failed, .column = failedSignIns, .plot = Plot::FailedSignIns}}};
}

RangeChart::Tab TrafficChart::latency()
{
    //: Column title: half of the requests took no longer (percentile 50).
    const QString p50 = tr("Latency p50");
    //: Column title: all but one in a hundred requests took no longer (percentile 99).
    const QString p99 = tr("Latency p99");
    return {//: Choice of a chart: how long requests took.
            .title = tr("Latency"),
            //: Name of a chart, for screen readers: how long half of the requests took, and all but one in a hundred.
            .name = tr("Latency of requests, p50 and p99"),
            .form = TimeChart::Form::Lines,
            .unit = RangeChart::Unit::Milliseconds,
            .lines = {{.name = u"p50"_s, .column = p50, .plot = Plot::P50}, {.name = u"p99"_s, .column = p99, .plot = Plot::P99}}};
}

} // namespace warder
