#pragma once

#include "ui/PageContext.h"
#include "ui/widgets/Panel.h"

class QBoxLayout;
class QLabel;

namespace warder {

class CopyField;

/// What makes a new server useful, in the place where its charts will be: a first account, the lines that a Next.js app needs,
/// and where to get such an app.
class FirstSteps final : public Panel
{
    Q_OBJECT
public:
    FirstSteps(const PageContext &context, QWidget *parent);

    /// Where apps reach the server, or will once it listens; empty: nobody knows.
    void presentServer(const QString &url);
    /// The settings may be others now.
    void readSettings();

Q_SIGNALS:
    void done();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QBoxLayout *addStep(const QString &title, const QString &text);
    void makeAccountStep();
    void makeAppStep();
    void makeStarterStep();
    void createAccount();
    void showLines();

    PageContext m_context;
    QBoxLayout *m_steps;
    QLabel *m_created;
    CopyField *m_lines;
    QLabel *m_origins;
    QString m_url;
    QString m_cookiesInsecure; ///< Empty while nobody knows.
    QString m_cookiePrefix;    ///< Empty: the usual one.
};

} // namespace warder
