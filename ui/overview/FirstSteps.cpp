#include "ui/overview/FirstSteps.h"

#include "ui/support/Ask.h"
#include "ui/support/Icons.h"
#include "ui/support/UiTexts.h"
#include "ui/users/UserDialogs.h"
#include "ui/widgets/CopyField.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/Labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace warder {

FirstSteps::FirstSteps(const PageContext &context, QWidget *parent)
    //: Title of what a new server shows: how to begin.
    : Panel(tr("First steps"), parent), m_context(context), m_steps(new QHBoxLayout)
{
    m_steps->setSpacing(28);
    body()->addLayout(m_steps, 1);
    makeAccountStep();
    makeAppStep();
    makeStarterStep();
    //: Button: puts the first steps away.
    auto *done = new QPushButton(tr("&Done"), this);
    //: Tool tip of the button that puts the first steps away.
    done->setToolTip(tr("Show the chart of requests here; Help → First steps brings this back"));
    addToTitle(done);
    connect(done, &QPushButton::clicked, this, &FirstSteps::done);
}

QBoxLayout *FirstSteps::addStep(const QString &title, const QString &text)
{
    auto *step = new QVBoxLayout;
    step->setSpacing(8);
    step->addWidget(headingLabel(title, this));
    step->addWidget(quietLabel(text, this));
    m_steps->addLayout(step, 1);
    return step;
}

void FirstSteps::makeAccountStep()
{
    //: Title of the first of two steps.
    QBoxLayout *step = addStep(tr("1  Create an account"),
                               //: What the account of the first step is for.
                               tr("Somebody to sign in with. Whoever registers in your app gets one by themselves."));
    //: Button: opens a dialog that creates an account.
    auto *create = new QPushButton(icon(u"add"_s), tr("&Create user…"), this);
    step->addWidget(create, 0, Qt::AlignLeft);
    m_created = quietLabel({}, this);
    step->addWidget(m_created);
    step->addStretch();
    connect(create, &QPushButton::clicked, this, &FirstSteps::createAccount);
}

void FirstSteps::makeAppStep()
{
    //: Title of the second of two steps.
    QBoxLayout *step = addStep(tr("2  Connect your Next.js app"), /*: .env.local is a file. */ tr("These lines go into its .env.local:"));
    //: What is copied: lines of a settings file.
    m_lines = new CopyField(tr("Settings of the app"), this);
    step->addWidget(m_lines);
    m_origins = quietLabel({}, this);
    step->addWidget(m_origins);
    step->addStretch();
    showLines();
}

void FirstSteps::makeStarterStep()
{
    //: Title of what stands beside the second step: for whom there is no app that could be connected.
    QBoxLayout *step =
        addStep(tr("Or begin with the starter"),
                //: What the starter is, before a command line. .env.local is a file.
                tr("An app with registration, sign-in, a dashboard and an account page. This line makes it in a terminal, and "
                   "says how to start it; its .env.local takes the lines of step 2."));
    //: What is copied: a command line for a terminal.
    auto *command = new CopyField(tr("Command"), this);
    command->setText(u"warderd starter ~/my-app"_s);
    step->addWidget(command);
    step->addStretch();
}

void FirstSteps::presentServer(const QString &url)
{
    m_url = url;
    showLines();
}

void FirstSteps::showEvent(QShowEvent *event)
{
    Panel::showEvent(event);
    readSettings();
}

void FirstSteps::createAccount()
{
    auto *dialog = UserDialogs::create(m_context, this, [this](const UserView &user) {
        //: Said after an account was created; %1 is its e-mail address.
        m_created->setText(tr("%1 can sign in now.").arg(UiTexts::foreign(user.email)));
    });
    dialog->open();
}

void FirstSteps::readSettings()
{
    const auto apply = [this](const QList<SettingView> &settings) {
        for (const SettingView &setting : settings) {
            if (setting.key == "http.cookies_insecure"_L1)
                m_cookiesInsecure = setting.value;
            if (setting.key == "http.cookie_prefix"_L1)
                m_cookiePrefix = setting.value == setting.defaultValue ? QString() : setting.value; // the package has the same one
            if (setting.key == "http.allowed_origins"_L1)
                //: Where pages may be that talk to the server: a list of addresses (%1), of the setting %2.
                m_origins->setText(tr("Allowed origins: %1 (setting %2)").arg(setting.value.split(u',').join(u", "_s), setting.key));
        }
        showLines();
    };
    // Without an answer the lines have the address only; why there is none is shown elsewhere.
    ask(m_context.console.ask(ListSettings {}), this, apply, [](const Error &) {});
}

void FirstSteps::showLines()
{
    const QString lines = UiTexts::appSettings(m_url, m_cookiesInsecure, m_cookiePrefix);
    //: Instead of lines with the address of a server that listens at a local socket only.
    const QString ofSocket = tr("This server has no address of its own on the web: use the one of the proxy before it.");
    //: Instead of lines with the server's address, which nobody knows yet.
    const QString whileStopped = tr("They stand here once the server listens.");
    m_lines->setText(!lines.isEmpty() ? lines : m_url.isEmpty() ? whileStopped : ofSocket);
    m_lines->setCopyable(!lines.isEmpty());
}

} // namespace warder
