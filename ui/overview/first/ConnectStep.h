#pragma once

#include "ui/PageContext.h"
#include "ui/overview/first/SetupStep.h"

class QLabel;

namespace warder {

class CopyField;

/// The last of the first steps: the lines that a Next.js app needs, where to get such an app, and a request to try. It orders nothing.
/// GUI thread.
class ConnectStep final : public SetupStep
{
    Q_OBJECT
public:
    ConnectStep(const PageContext &context, QWidget *parent);

    /// Where apps reach the server, or will once it listens; empty: nobody knows.
    void presentServer(const QString &url);
    void presentSettings(const QList<SettingView> &settings) override;

private:
    void showLines();

    CopyField *m_lines;
    QLabel *m_origins;
    CopyField *m_curl = nullptr;
    QString m_url;
    QString m_cookiesInsecure; ///< Empty while nobody knows.
    QString m_cookiePrefix;    ///< Empty: the usual one.
};

} // namespace warder
