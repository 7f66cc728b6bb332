using System.Globalization;
using System.Text;
using Exploring.Host;

namespace Exploring.Engine;

/// <summary>Prints a run as a table with a column for each thread.</summary>
internal static class Report
{
    private const int Width = 36;

    public static string Of(Run run, string replay)
    {
        StringBuilder text = new();
        text.AppendLine(run.Failure).AppendLine();
        text.Append("    ");
        foreach (VirtualThread thread in run.Threads)
        {
            text.Append(Cell($"{thread.Name} ({thread.Process.Name})"));
        }

        text.AppendLine();
        for (int index = 0; index < run.Steps.Count; index++)
        {
            Step step = run.Steps[index];
            string what = Actors.IsInterruption(step.Actor)
                ? run.Scheduler.Interruptions[Actors.ThreadOf(step.Actor)].Process.Name + " " + step.Name
                : Describe(step);
            int column = Actors.IsInterruption(step.Actor) ? 0 : Actors.ThreadOf(step.Actor);
            text.Append(CultureInfo.InvariantCulture, $"{index,3} ").Append(' ', column * Width).AppendLine(Cell(what).TrimEnd());
        }

        return text.AppendLine().Append("Replay: ").AppendLine(replay).ToString();
    }

    private static string Cell(string text) => text.Length < Width ? text.PadRight(Width) : text[..(Width - 1)] + ' ';

    private static string Describe(Step step)
    {
        string what = step.Kind switch
        {
            StepKind.Store when Actors.IsMemory(step.Actor) => "  reaches memory",
            StepKind.Buffer => "store",
            _ => step.Kind.ToString().ToLowerInvariant(),
        };
        string word = step.Length is 1 or 4 or 8 && step.Kind is StepKind.Load or StepKind.Store or StepKind.Exchange or StepKind.Park or StepKind.Wake
            ? " " + SharedMemory.NameOf(step.Address)
            : "";
        return $"{step.Name ?? what}{(step.Name is not null && Actors.IsMemory(step.Actor) ? " in memory" : "")}{word}{(step.Value is null ? "" : $" = {step.Value}")}";
    }
}
