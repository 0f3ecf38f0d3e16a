#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace warder {

class SettingsDraft;

/// At the bottom of the settings: how many were changed and are not applied yet, and what can be done with them. GUI thread.
class StageBar final : public QFrame
{
    Q_OBJECT
public:
    explicit StageBar(QWidget *parent);

    /// `isApplying`: they are on their way to the server.
    void present(const SettingsDraft &draft, bool isApplying);

Q_SIGNALS:
    void previewWanted();
    void discardWanted();
    void applyWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_text;
    QPushButton *m_preview;
    QPushButton *m_discard;
    QPushButton *m_apply;
};

} // namespace warder
