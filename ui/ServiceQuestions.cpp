#include "ui/ServiceQuestions.h"

#include "ui/support/MessageBoxes.h"
#include "ui/support/UiTexts.h"

#include <QApplication>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace warder::service_questions {
namespace {

struct ServiceQuestions
{
    Q_DECLARE_TR_FUNCTIONS(warder::ServiceQuestions)
};

ServerChoice answerTo(const QString &what, const QString &next, const QString &service)
{
    QMessageBox box(QMessageBox::NoIcon, QApplication::applicationDisplayName(), what);
    box.setObjectName(u"serviceQuestion"_s);
    showProgramIcon(box);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(next);
    box.setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard); // there are lines to type in it
    const QPushButton *wanted = box.addButton(service, QMessageBox::AcceptRole);
    //: Button: the program brings a server of its own, and leaves the one of the machine alone.
    const QPushButton *own = box.addButton(ServiceQuestions::tr("A server of my &own"), QMessageBox::ActionRole);
    box.addButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == wanted ? ServerChoice::Service : box.clickedButton() == own ? ServerChoice::Own : ServerChoice::Neither;
}

//: Button: tries once more what just failed.
QString tryAgain() { return ServiceQuestions::tr("&Try again"); }

} // namespace

ServerChoice whichServer(const QString &directory)
{
    //: A question before the window opens.
    return answerTo(
        ServiceQuestions::tr("This machine runs a Warder server already, as a service. What shall this window show?"),
        //: Below the question whether to show the service; %1 is a folder.
        ServiceQuestions::tr("The service keeps its users in %1. To show it may need an administrator’s password.\n\nA server of your own "
                             "has users of its own, and runs while this program does; where both want the same port, the window offers "
                             "it the next free one.\n\nThe answer is remembered; the Server menu changes it.")
            .arg(directory),
        //: Button: the window shows the server that the machine runs as a service.
        ServiceQuestions::tr("The &service"));
}

ServerChoice notRunning()
{
    //: The server that the machine runs as a service, and that the window is to show, is stopped.
    return answerTo(ServiceQuestions::tr("This machine’s Warder service does not run."),
                    //: How to start the service; a command line follows.
                    ServiceQuestions::tr("Start it with the line below in a terminal, then try again.")
                        + u"\n\nsudo systemctl start warder"_s,
                    tryAgain());
}

ServerChoice notAllowed(const QString &directory, const QString &why)
{
    //: How to open the window of the service all the same; a command line follows.
    QString next =
        ServiceQuestions::tr("Whoever sees it can do everything with its users, so it opens to an administrator alone. Try again with an "
                             "administrator’s password, or open its window as one with the line below in a terminal.")
        + u"\n\nsudo warder --data-dir %1"_s.arg(directory);
    if (!why.isEmpty())
        next += u"\n\n"_s + UiTexts::reason(why);
    //: The person may not look after the server that the machine runs as a service.
    return answerTo(ServiceQuestions::tr("You were not let into this machine’s Warder service."), next, tryAgain());
}

} // namespace warder::service_questions
