using Spectre.Console;

namespace IpMpsc.Tool.Output;

/// <summary>Shows how a work proceeds to whoever looks on; files and programs are told at the end only.</summary>
internal static class ProgressDisplay
{
    /// <summary>Does a work that says from time to time how much of it is done, and what to say about that.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="total">How much there is to do; null if nobody knows.</param>
    /// <param name="work">The work; its argument takes what is done and a text.</param>
    public static T Run<T>(Terminal terminal, double? total, Func<Action<double, string>, T> work)
    {
        if (!Terminal.IsInteractive || terminal.IsJson)
        {
            return work(static (_, _) => { });
        }

        return terminal.Screen.Progress()
            .Columns(total is null
                ? [new SpinnerColumn(), new TaskDescriptionColumn()]
                : [new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn()])
            .Start(context =>
            {
                ProgressTask task = context.AddTask("", maxValue: Math.Max(total ?? 1, 1));
                task.IsIndeterminate = total is null;
                return work((done, text) =>
                {
                    task.Description = Terminal.Plain(text);
                    task.Value = total is null ? 0 : done;
                });
            });
    }
}
