#pragma once

#include <QString>

#include <optional>

namespace warder {

/// A duration as settings write it: `900`, `30s`, `15m`, `2h`, `14d`. Whether a setting may have it is the server's to judge. A value; any
/// thread.
struct WrittenDuration
{
    QString number; ///< Digits alone.
    QChar unit;     ///< s, m, h or d.

    /// Nothing for another form.
    static std::optional<WrittenDuration> of(const QString &text);
    qint64 seconds() const;

    bool operator==(const WrittenDuration &) const = default;
};

/// So much in a time, and how much of it at once, as settings write it: `30/1m burst 30`. A value; any thread.
struct WrittenRate
{
    QString amount;
    QString period; ///< As a WrittenDuration.
    QString burst;  ///< Empty: the amount.

    /// Nothing for another form, and for `off`.
    static std::optional<WrittenRate> of(const QString &text);
    QString text() const;

    bool operator==(const WrittenRate &) const = default;
};

} // namespace warder
