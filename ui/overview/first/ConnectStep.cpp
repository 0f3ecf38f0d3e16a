#include "ui/overview/first/ConnectStep.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/CopyField.h"
#include "ui/widgets/Labels.h"

#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

ConnectStep::ConnectStep(const PageContext &context, QWidget *parent)
    //: Title of the last of the first steps.
    : SetupStep(tr("Connect your app"), /*: .env.local is a file. */ tr("These lines go into the .env.local of a Next.js app:"), parent),
      //: What is copied: lines of a settings file.
      m_lines(new CopyField(tr("Settings of the app"), this)), m_origins(quietLabel({}, this))
{
    body()->addWidget(m_lines);
    body()->addWidget(m_origins);
    //: What the starter is, before a command line. .env.local is a file.
    body()->addWidget(quietLabel(tr("No app yet? This line makes one in a terminal, with registration, sign-in, a dashboard and an account "
                                    "page, and says how to start it; its .env.local takes the lines above."),
                                 this));
    //: What is copied: a command line for a terminal.
    auto *starter = new CopyField(tr("Command"), this);
    starter->setText(u"warderd starter ~/my-app"_s);
    if (context.elsewhere) {
        //: In place of a command line for a terminal.
        starter->setText(tr("For a server of this machine only: this one is elsewhere."));
        starter->setCopyable(false);
    }
    body()->addWidget(starter);
    //: Above a command line.
    body()->addWidget(quietLabel(tr("Or register somebody from a terminal: the page Users shows them at once."), this));
    //: What is copied: a command line for a terminal.
    m_curl = new CopyField(tr("Request"), this);
    body()->addWidget(m_curl);
    showLines();
}

void ConnectStep::presentServer(const QString &url)
{
    if (m_url == url)
        return; // told each second
    m_url = url;
    showLines();
}

void ConnectStep::presentSettings(const QList<SettingView> &settings)
{
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
}

void ConnectStep::showLines()
{
    const QString lines = UiTexts::appSettings(m_url, m_cookiesInsecure, m_cookiePrefix);
    //: Instead of lines with the address of a server that listens at a local socket only.
    const QString ofSocket = tr("This server has no address of its own on the web: use the one of the proxy before it.");
    //: Instead of lines with the server's address, which nobody knows yet.
    const QString whileStopped = tr("They stand here once the server listens.");
    m_lines->setText(!lines.isEmpty() ? lines : m_url.isEmpty() ? whileStopped : ofSocket);
    m_lines->setCopyable(!lines.isEmpty());
    const QString curl = UiTexts::curlRegister(m_url);
    m_curl->setText(curl.isEmpty() ? whileStopped : curl);
    m_curl->setCopyable(!curl.isEmpty());
}

} // namespace warder
