#include "ui/Questions.h"

#include "ui/ServerStatus.h"

#include <QGuiApplication>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

struct Questions
{
    Q_DECLARE_TR_FUNCTIONS(warder::Questions)
};

QString load(const OverviewView &overview)
{
    if (overview.requestsPerSecond < 0.05)
        //: What a server that would be stopped is doing: no requests, but clients are connected.
        return Questions::tr("No request came in the last ten seconds; open: %Ln connection(s).", nullptr, overview.server.connections);
    //: What a server that would be stopped is doing; %1 is a number such as 21.4.
    return Questions::tr("%1 requests a second are being answered.").arg(QLocale().toString(overview.requestsPerSecond, 'f', 1));
}

/// Null while another question stands: that one comes to the front.
QMessageBox *makeBox(QWidget *parent, const QString &question, const QString &effect)
{
    if (auto *standing = parent->findChild<QMessageBox *>(u"question"_s); standing && standing->isVisible()) {
        standing->raise();
        return nullptr;
    }
    auto *box = new QMessageBox(QMessageBox::NoIcon, QGuiApplication::applicationDisplayName(), question, QMessageBox::Cancel, parent);
    box->setObjectName(u"question"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(effect);
    box->setDefaultButton(QMessageBox::Cancel);
    box->setEscapeButton(QMessageBox::Cancel);
    return box;
}

/// Whether it changes nothing for anybody when the server of this window ends.
bool nobodyNotices(const ServerStatus &status)
{
    const OverviewView &now = status.latest();
    return status.isOfService() || !status.isListening() || (now.requestsPerSecond < 0.05 && now.server.connections == 0);
}

void addAnswer(QMessageBox *box, const QString &text, const QString &name, const std::function<void()> &onChosen)
{
    QPushButton *button = box->addButton(text, QMessageBox::ActionRole);
    button->setObjectName(name);
    QObject::connect(button, &QPushButton::clicked, box->parentWidget(), onChosen);
}

} // namespace

void askToStop(QWidget *parent, ServerStatus &status)
{
    //: Question before the server stops, after a sentence that says what it is doing.
    const QString question = load(status.latest()) + u' ' + Questions::tr("Stop the server?");
    const QString ofService =
        //: What follows when a server that runs as a service stops listening.
        Questions::tr("Everybody gets “connection refused” until it is started again here. The service’s process goes on.");
    //: What follows when a server on another machine stops listening, after the sentence that says so.
    const QString elsewhere = u' ' + Questions::tr("Where the connection is lost, it can be started on that machine only.");
    //: What follows when the server stops listening.
    const QString ofOwn = Questions::tr("Everybody gets “connection refused” until it is started again. Nobody is signed out by that.");
    QMessageBox *box = makeBox(parent, question, status.elsewhere() ? ofService + elsewhere : status.isOfService() ? ofService : ofOwn);
    if (!box)
        return;
    //: Button: makes the server stop listening.
    addAnswer(box, Questions::tr("&Stop"), u"stop"_s, [&status] { status.stopServer(); });
    box->open();
}

void askToRestart(QWidget *parent, ServerStatus &status)
{
    //: Question before the server opens anew, after a sentence that says what it is doing.
    QMessageBox *box = makeBox(parent, load(status.latest()) + u' ' + Questions::tr("Restart the server?"),
                               //: What follows when the server is restarted.
                               Questions::tr("All settings of now act from then on. For a second or two requests wait or get “connection "
                                             "refused”. Nobody is signed out by that."));
    if (!box)
        return;
    //: Button: ends the server and opens it anew.
    addAnswer(box, Questions::tr("&Restart"), u"restart"_s, [&status] { status.restart(); });
    box->open();
}

void askToQuit(QWidget *parent, const ServerStatus &status, const std::function<void()> &onQuit, const std::function<void()> &onKeepRunning)
{
    if (nobodyNotices(status))
        return onQuit();
    //: Question before the program ends, and its server with it, after a sentence that says what it is doing.
    QMessageBox *box =
        makeBox(parent, load(status.latest()) + u' ' + Questions::tr("Quit, and stop the server with it?"),
                //: What follows when the program ends.
                Questions::tr("Everybody gets “connection refused” until Warder is started again. Nobody is signed out by that."));
    if (!box)
        return;
    //: Button: ends the program and its server.
    addAnswer(box, Questions::tr("&Quit and stop"), u"quit"_s, onQuit);
    //: Button: puts the window away, and the server goes on.
    addAnswer(box, Questions::tr("&Keep running"), u"keepRunning"_s, onKeepRunning);
    box->open();
}

void askToSwitch(QWidget *parent, const ServerStatus &status, const std::function<void()> &onSwitch)
{
    if (nobodyNotices(status))
        return onSwitch();
    //: Question before the window turns from its own server, after a sentence that says what that is doing, to the machine's service.
    QMessageBox *box = makeBox(parent, load(status.latest()) + u' ' + Questions::tr("Stop your own server, and show the service?"),
                               //: What follows when the window turns to the service of the machine.
                               Questions::tr("Everybody who uses your own server gets “connection refused” until this window shows it "
                                             "again. The service has users of its own."));
    if (!box)
        return;
    //: Button: ends the own server, and shows the service of the machine.
    addAnswer(box, Questions::tr("&Stop and show the service"), u"switch"_s, onSwitch);
    box->open();
}

} // namespace warder
