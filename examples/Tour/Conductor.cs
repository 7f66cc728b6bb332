namespace IpMpsc.Examples.Tour;

/// <summary>Runs the acts of the tour one after another, and shows their results.</summary>
internal sealed class Conductor(CancellationToken cancellation)
{
    private string? _failure;

    /// <summary>Runs the tour; returns the exit code.</summary>
    public static int Run(string? file, CancellationToken cancellation)
    {
        TourInput input = TourInput.Choose(file);
        Display.Introduction();
        Conductor conductor = new(cancellation);
        try
        {
            Finding[] findings =
            [
                .. conductor.Perform(crew =>
                {
                    using Comparison comparison = new(crew);
                    return comparison.Run().ToArray();
                }),
                .. conductor.Perform(crew => Streams.Run(input, crew)),
                .. conductor.Perform(crew => [new SenderDeath(crew).Run()]),
                .. conductor.Perform(crew => [new ReceiverDeath(crew).Run()]),
            ];
            Display.Results(findings);
            return findings.All(finding => finding.Holds) ? 0 : ExampleCommand.Failed;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(conductor._failure ?? "Interrupted.");
            return conductor._failure is null ? ExampleCommand.Interrupted : ExampleCommand.Failed;
        }
    }

    /// <summary>Each act has processes of its own. However it ends, they end first, and its channels are deleted afterwards.</summary>
    private Finding[] Perform(Func<Crew, Finding[]> act)
    {
        using Crew crew = new(cancellation);
        try
        {
            return act(crew);
        }
        finally
        {
            _failure ??= crew.Failure;
        }
    }
}
