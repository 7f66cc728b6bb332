using Spectre.Console;

namespace IpMpsc.Tool.Output;

/// <summary>Shows progress on a terminal; files and programs get the result only.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Does the work and shows from time to time how much of it is done.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="total">How much there is to do; null if unknown.</param>
    /// <param name="look">Returns the progress and a text about it; called on another thread.</param>
    /// <param name="work">The work.</param>
    public static T Run<T>(Terminal terminal, double? total, Func<(double Done, string Text)> look, Func<T> work)
    {
        if (!Terminal.IsInteractive || terminal.IsJson)
        {
            return work();
        }

        ProgressColumn[] columns = total is null
            ? [new SpinnerColumn(), new TaskDescriptionColumn()]
            : [new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn()];
        return terminal.Screen.Progress().Columns(columns).Start(context =>
        {
            ProgressTask task = context.AddTask(look().Text, maxValue: Math.Max(total ?? 1, 1));
            task.IsIndeterminate = total is null;
            using Timer timer = new(_ => Show(), null, s_interval, s_interval);
            T result = work();
            Show();
            return result;

            void Show()
            {
                (double done, string text) = look();
                task.Description = Terminal.Plain(text);
                task.Value = total is null ? 0 : done;
            }
        });
    }
}
