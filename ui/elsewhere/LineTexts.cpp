#include "ui/elsewhere/LineTexts.h"

#include "ui/elsewhere/RemoteLine.h"
#include "ui/support/UiTexts.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

using Phase = RemoteLineState::Phase;

/// Of what lies on the way to the machine, or in its ssh.
QString wayWords(RemoteTrouble trouble, const QString &host, const QString &command)
{
    using enum RemoteTrouble;
    if (trouble == NoSsh)
        //: A server elsewhere cannot be reached; ssh is a program.
        return LineTexts::tr(
            "This machine has no ssh, by which the window reaches other machines. Install OpenSSH’s client, then try again.");
    if (trouble == UnknownHost)
        //: A server elsewhere cannot be reached; %1 is the name of a machine.
        return LineTexts::tr("Nobody knows a machine named %1. Check the name, and whether this machine is on the network.").arg(host);
    if (trouble == Unreachable)
        //: A server elsewhere cannot be reached; %1 is a machine. ssh is a program.
        return LineTexts::tr("%1 does not answer to ssh. Check whether it runs, its port, and what stands between.").arg(host);
    if (trouble == HostKeyUnknown)
        //: A server elsewhere cannot be reached; %1 is a machine, %2 a command line for a terminal.
        return LineTexts::tr("This machine does not know the key of %1 yet. Type “%2” in a terminal, compare the fingerprint with the one "
                             "that its owner tells you, then try again.")
            .arg(host, command);
    if (trouble == HostKeyChanged)
        //: A server elsewhere is not talked to; %1 is a machine.
        return LineTexts::tr("%1 shows another key than it had before: nothing was sent. Either it was set up anew, or somebody else "
                             "answers in its place. Ask its owner before you remove the old key from your known hosts.")
            .arg(host);
    //: A server elsewhere cannot be reached; %1 is a machine, %2 a command line for a terminal.
    return LineTexts::tr("%1 did not let you in. Check the user’s name, and whether your key is there and at hand (“%2” in a terminal says "
                         "more), then try again.")
        .arg(host, command);
}

/// Of the server behind a way that stands.
QString serverWords(RemoteTrouble trouble, const QString &host)
{
    using enum RemoteTrouble;
    if (trouble == NoProgram)
        //: A server elsewhere cannot be asked; %1 is a machine. warderd is a program, PATH where it is looked for.
        return LineTexts::tr("No warderd is in the PATH on %1. Install it there, or connect with the server’s data folder.").arg(host);
    if (trouble == NotRunning)
        //: A server elsewhere cannot be asked; %1 is a machine.
        return LineTexts::tr("No server of this user runs on %1. Start it there, or connect as the user that it belongs to.").arg(host);
    if (trouble == NoAnswer)
        //: A server elsewhere does not answer; %1 is a machine.
        return LineTexts::tr("Nobody answers at the server’s socket on %1: it was stopped, this user may not open it, or ssh there does "
                             "not let it through.")
            .arg(host);
    const ErrorCode code = trouble == ServerOutdated ? ErrorCode::ServerOutdated : ErrorCode::ProgramOutdated;
    return UiTexts::of(Error {.code = code});
}

QString lastLineOf(const QString &said) { return said.section(u'\n', -1); }

} // namespace

QString LineTexts::of(PlaceFault fault)
{
    switch (fault) {
    //: What is wrong with a field of a form: the name of a machine is missing.
    case PlaceFault::Missing: return tr("Which machine? For example root@auth.example.com");
    case PlaceFault::UserMalformed:
        //: What is wrong with a field of a form: a user's name on another machine.
        return tr("A user’s name has letters, digits and . _ + - only, and begins with none of these signs.");
    case PlaceFault::HostMalformed:
        //: What is wrong with a field of a form: the name or address of a machine.
        return tr("This is no machine’s name or address: letters, digits, dots and dashes, not at the beginning.");
    case PlaceFault::PortMalformed:
        //: What is wrong with a field of a form.
        return tr("A port is a number from 1 to 65535.");
    case PlaceFault::FolderMalformed:
        //: What is wrong with a field of a form: the path of a folder on another machine.
        return tr("A folder there begins with /, is not too long for a socket in it, and has no colon, percent sign, dollar or backslash.");
    }
    Q_UNREACHABLE_RETURN({});
}

QString LineTexts::troubleOf(const RemoteLine &line)
{
    const RemoteLineState &state = line.state();
    const QString host = UiTexts::foreign(line.place().host);
    switch (state.trouble) {
    case RemoteTrouble::None:
        //: The window is on its way to a server elsewhere; %1 is a machine.
        return tr("Connecting to %1…").arg(host);
    case RemoteTrouble::NoSsh:
    case RemoteTrouble::UnknownHost:
    case RemoteTrouble::Unreachable:
    case RemoteTrouble::HostKeyUnknown:
    case RemoteTrouble::HostKeyChanged:
    case RemoteTrouble::LoginRefused:    return wayWords(state.trouble, host, UiTexts::foreign(commandFor(line.place())));
    case RemoteTrouble::NoProgram:
    case RemoteTrouble::NotRunning:
    case RemoteTrouble::NoAnswer:
    case RemoteTrouble::ServerOutdated:
    case RemoteTrouble::ProgramOutdated: return serverWords(state.trouble, host);
    case RemoteTrouble::Broken:
        //: The connection to a server elsewhere broke; %1 is a machine.
        return tr("The connection to %1 ended. What you typed stays; what was on its way may have been carried out.").arg(host);
    case RemoteTrouble::Other: break;
    }
    //: A server elsewhere cannot be reached, for a reason that is quoted next; %1 is a machine. ssh is a program.
    const QString words = tr("ssh could not connect to %1.").arg(host);
    return state.said.isEmpty() ? words : words + u' ' + UiTexts::reason(lastLineOf(state.said));
}

WindowProblem LineTexts::problemOf(RemoteLine &line, const QString &old)
{
    const RemoteLineState &state = line.state();
    const bool isFirst = state.trouble == RemoteTrouble::None;
    QStringList sentences {troubleOf(line)};
    if (!isFirst && state.triesAgain)
        //: After a sentence that says why a server elsewhere is not reached.
        sentences += tr("It is tried again by itself, with pauses of up to a minute.");
    sentences += old;
    sentences.removeAll(QString());
    WindowProblem problem {
        .id = u"unreachable"_s, .tone = isFirst ? Tone::Info : Tone::Warning, .text = sentences.join(u' '), .detail = state.said};
    if (state.phase == Phase::Lost) {
        //: Button beside a server elsewhere that is not reached: tries at once.
        problem.action = tr("Try now");
        problem.onAction = [&line] { line.tryNow(); };
    }
    return problem;
}

ServerHealth LineTexts::healthOf(const RemoteLine &line, bool hasRead)
{
    //: State of a server elsewhere, in the status bar.
    const QString connecting = tr("Connecting");
    //: State of a server elsewhere, in the status bar.
    const QString lost = tr("Not connected");
    //: Why it matters that a server elsewhere is not connected.
    const QString old = tr("What you see is old.");
    return {
        .tone = Tone::Warning, .word = line.state().phase == Phase::Connecting ? connecting : lost, .reason = hasRead ? old : QString()};
}

QString LineTexts::away(Milliseconds roundTrip)
{
    //: In the status bar: how long a question to a server elsewhere and its answer take; %1 is a number of milliseconds.
    return tr("%1 ms away").arg(QLocale().toString(qMax<qint64>(1, roundTrip.count())));
}

QString LineTexts::commandFor(const RemotePlace &place)
{
    const QString who = place.user.isEmpty() ? place.host : place.user + u'@' + place.host;
    return place.port > 0 ? u"ssh -p %1 %2"_s.arg(QString::number(place.port), who) : u"ssh "_s + who;
}

} // namespace warder
