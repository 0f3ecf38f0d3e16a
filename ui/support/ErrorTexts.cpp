#include "ui/support/UiTexts.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

/// What Qt's driver adds to SQLite's own words.
QString withoutDriver(const QString &detail)
{
    static const QRegularExpression tail(
        u"\\s*\\bUnable to (fetch row|execute statement|(begin|commit|rollback) transaction|bind parameters)(\\s*\\(\\d+\\))?"_s);
    return QString(detail).remove(tail).simplified();
}

/// Whether the code's own sentence leaves nothing to quote.
bool saysAll(ErrorCode code)
{
    using enum ErrorCode;
    constexpr std::array all {NotFound,       Conflict,        SettingFixed,     Busy,           EmailTaken,
                              LimitReached,   AddressTaken,    AddressForbidden, AddressForeign, CertificateInvalid,
                              ServerOutdated, ProgramOutdated, ConnectionLost,   AlreadyRunning};
    return std::ranges::contains(all, code);
}

QString withDetail(const QString &said, const Error &error)
{
    return error.detail.isEmpty() ? said : said + u' ' + UiTexts::reason(error.detail);
}

QString storageWords(const Error &error)
{
    switch (error.trouble) {
    case StorageTrouble::Full:
        if (error.ended)
            //: An error in the middle of an order, with what to do.
            return UiTexts::tr("The disk is full: not everything could be saved. Free some space, then try again.");
        //: An error, with what to do.
        return UiTexts::tr("The disk is full: nothing could be saved. Free some space, then try again.");
    case StorageTrouble::Locked:
        if (error.ended)
            //: An error in the middle of an order, with what to do.
            return UiTexts::tr(
                "The database is locked by another program: not everything could be saved. End that program, then try again.");
        //: An error, with what to do.
        return UiTexts::tr("The database is locked by another program: nothing could be saved. End that program, then try again.");
    case StorageTrouble::Damaged:
        //: An error, with what to do.
        return UiTexts::tr("The database file is damaged. Stop the server, keep a copy of the data folder, and put a backup in its place.");
    case StorageTrouble::ReadOnly:
        //: An error, with what to do.
        return UiTexts::tr(
            "The database may not be written. Give the data folder and its files back to the user that runs the server, then try again.");
    case StorageTrouble::Other: break;
    }
    //: An error, with what to do.
    return withDetail(UiTexts::tr("The database refused. Check free space and the rights of the data folder, then try again."), error);
}

/// Rounded up: whoever waits that long is let through.
QString tooOften(Seconds wait)
{
    if (wait < std::chrono::minutes {2})
        //: An error, with what to do.
        return UiTexts::tr("This was asked too often. Try again in %Ln second(s).", nullptr, int(wait.count()));
    if (wait < std::chrono::hours {2})
        //: An error, with what to do.
        return UiTexts::tr("This was asked too often. Try again in %Ln minute(s).", nullptr,
                           int(std::chrono::ceil<std::chrono::minutes>(wait).count()));
    //: An error, with what to do.
    return UiTexts::tr("This was asked too often. Try again in %Ln hour(s).", nullptr,
                       int(std::chrono::ceil<std::chrono::hours>(wait).count()));
}

QString inputWords(const Error &error)
{
    QStringList lines;
    for (const Fault &fault : error.faults)
        lines += UiTexts::of(fault);
    //: An error.
    return lines.isEmpty() ? withDetail(UiTexts::tr("The server did not accept this."), error) : lines.join(u' ');
}

/// What to say of a code whatever else is known of the error.
struct Advice
{
    ErrorCode code;
    const char *text;
};

constexpr std::array advices {
    //: An error, with what to do.
    Advice {ErrorCode::Busy,
            QT_TRANSLATE_NOOP("warder::UiTexts", "The server has too much to do just now, or was stopped. Try again in a moment.")},
    //: An error, with what to do.
    Advice {ErrorCode::NotFound, QT_TRANSLATE_NOOP("warder::UiTexts", "That does not exist any more: somebody removed it meanwhile.")},
    //: An error.
    Advice {ErrorCode::Conflict, QT_TRANSLATE_NOOP("warder::UiTexts", "It changed meanwhile, or its state forbids this.")},
    //: An error, with what to do.
    Advice {ErrorCode::SettingFixed,
            QT_TRANSLATE_NOOP("warder::UiTexts",
                              "Something else decides this setting: a file, a variable or the command line. Change it there.")},
    //: An error, with what to do; mail.transport is the name of a setting.
    Advice {ErrorCode::NotConfigured,
            QT_TRANSLATE_NOOP("warder::UiTexts", "The server's settings turn this off. Whatever sends mails needs mail.transport.")},
    //: An error.
    Advice {ErrorCode::EmailTaken, QT_TRANSLATE_NOOP("warder::UiTexts", "Somebody is registered with this address already.")},
    //: An error, with what to do; http.listen is the name of a setting.
    Advice {ErrorCode::AddressTaken,
            QT_TRANSLATE_NOOP("warder::UiTexts",
                              "Another program uses the port or the socket. Stop that program, or choose another place with http.listen.")},
    //: An error, with what to do; http.listen is the name of a setting.
    Advice {ErrorCode::AddressForbidden,
            QT_TRANSLATE_NOOP("warder::UiTexts",
                              "The system forbids the port: below 1024 it needs a privilege. Choose another one with http.listen.")},
    //: An error, with what to do; http.listen is the name of a setting.
    Advice {ErrorCode::AddressForeign,
            QT_TRANSLATE_NOOP("warder::UiTexts", "This machine has no such address. Choose one of its own with http.listen.")},
    //: An error, with what to do.
    Advice {ErrorCode::CertificateInvalid,
            QT_TRANSLATE_NOOP("warder::UiTexts",
                              "The certificate has expired or is not valid yet, so the former one serves on. Renew it, then try again.")},
    //: An error, with what to do.
    Advice {ErrorCode::ServerOutdated,
            QT_TRANSLATE_NOOP(
                "warder::UiTexts",
                "The server is an older Warder than this program and does not understand it. Update the server and start it anew.")},
    //: An error, with what to do.
    Advice {ErrorCode::ProgramOutdated,
            QT_TRANSLATE_NOOP("warder::UiTexts",
                              "This program is an older Warder than the server and does not understand it. Update this program.")},
    //: An error, with what to do.
    Advice {ErrorCode::ConnectionLost,
            QT_TRANSLATE_NOOP("warder::UiTexts",
                              "The connection ended before the server answered. If this was to change something, it may have been done "
                              "all the same: look before you try again.")},
    //: An error, with what to do.
    Advice {ErrorCode::AlreadyRunning,
            QT_TRANSLATE_NOOP("warder::UiTexts", "Another Warder uses this data folder. Stop it, then try again.")},
};

QString wordsOf(const Error &error)
{
    if (const auto advice = std::ranges::find(advices, error.code, &Advice::code); advice != advices.end())
        return UiTexts::tr(advice->text);
    if (error.code == ErrorCode::StorageUnavailable || error.code == ErrorCode::StorageFailure)
        return storageWords(error);
    if (error.code == ErrorCode::InvalidInput)
        return inputWords(error);
    if (error.code == ErrorCode::LimitReached)
        return tooOften(error.retryAfter);
    if (error.code == ErrorCode::CryptoFailure)
        //: An error, with what to do.
        return withDetail(UiTexts::tr("A cryptographic operation failed. The log of the server says more."), error);
    if (error.code == ErrorCode::ConfigInvalid)
        //: An error, with what to do.
        return withDetail(UiTexts::tr("A setting is wrong. Correct it, then start again."), error);
    //: An error nobody foresaw, with what to do; %1 is its code.
    return withDetail(UiTexts::tr("Something went wrong (%1). Try again; the log of the server says more.").arg(nameOf(error.code)), error);
}

} // namespace

QString UiTexts::reason(const QString &said)
{
    //: After a sentence that says what happened: the words of the server, its database or the operating system, as they came.
    return tr("The reason: “%1”").arg(withoutDriver(said));
}

QString UiTexts::why(const Error &error) { return saysAll(error.code) || error.detail.isEmpty() ? of(error) : reason(error.detail); }

QString UiTexts::faultsOf(const Error &error, const QString &field)
{
    QStringList lines;
    for (const Fault &fault : error.faults) {
        // A fault in a list ("roles", 0) belongs to the field of that list.
        if (fault.location.contains(QJsonValue(field)))
            lines += of(fault);
    }
    if (field == "email"_L1 && error.code == ErrorCode::EmailTaken)
        //: What is wrong with the e-mail field of a form.
        lines += tr("Somebody is registered with this address already.");
    return lines.join(u'\n');
}

QString UiTexts::placeOf(const OtherPort &other)
{
    switch (other.source) {
    case SettingSource::File:
        //: Where another port is to be chosen; %1 is a file and a line of it.
        return tr("The port is set in %1.").arg(other.sourceName);
    case SettingSource::Environment:
        //: Where another port is to be chosen; %1 is the name of a variable.
        return tr("The port is set by the variable %1.").arg(other.sourceName);
    case SettingSource::CommandLine:
        //: Where another port is to be chosen; --listen and --set are options.
        return tr("The port is set on the command line, by --listen or --set.");
    case SettingSource::Default:
    case SettingSource::Stored:  return {};
    }
    Q_UNREACHABLE_RETURN({});
}

//: Below the reason why the program cannot start; %1 is a path.
QString UiTexts::dataFolder(const QString &path) { return tr("Data folder: %1").arg(path); }

QString UiTexts::of(const Error &error)
{
    const QString said = wordsOf(error);
    if (error.ended.value_or(0) == 0)
        return said;
    //: After an error in the middle of an order.
    return said + u' ' + tr("Before that, %Ln session(s) were ended, and stay so.", nullptr, int(*error.ended));
}

} // namespace warder
