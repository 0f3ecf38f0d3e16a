#pragma once

#include "core/console/TextMatcher.h"
#include "core/console/orders/Server.h"
#include "ui/support/Tone.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace warder {

class SettingEditor;
class SettingsDraft;
class StateDot;

/// One setting: its name, its key, its value in an editor, and below that what is wrong with it or who fixes it, its default and the way
/// back there. GUI thread.
class SettingRow final : public QWidget
{
    Q_OBJECT
public:
    SettingRow(const SettingView &setting, QWidget *parent);

    /// The same setting as it is now, and what was chosen of it.
    void present(const SettingView &setting, const SettingsDraft &draft);
    /// Each of the words stands in its name, its key, its sentence or the name of its part.
    bool matches(const QList<TextMatcher> &words) const;
    QWidget &editor() const;

Q_SIGNALS:
    /// Somebody typed or chose.
    void edited(const QString &key, const QString &text);
    void defaultWanted(const QString &key);
    void takeBackWanted(const QString &key);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void build(const SettingView &setting);
    QWidget *makeHead(const QString &name);
    void makeEditor(const SettingView &setting, const QString &name);
    QWidget *makeFoot(const QString &name);
    QWidget *makeNote();
    QPushButton *makeButton(const QString &text, const QString &spoken, void (SettingRow::*wanted)(const QString &));
    void showNote(const SettingView &setting, const SettingsDraft &draft);
    void setNote(Tone tone, const QString &text);
    void applyTone();

    QString m_key;
    QByteArray m_searchKey;
    QWidget *m_changed = nullptr;
    SettingEditor *m_editor = nullptr;
    QPushButton *m_default = nullptr;
    QPushButton *m_takeBack = nullptr;
    QLabel *m_facts = nullptr;
    QWidget *m_noteRow = nullptr;
    StateDot *m_noteMark = nullptr;
    QLabel *m_note = nullptr;
    Tone m_tone = Tone::Neutral;
};

} // namespace warder
