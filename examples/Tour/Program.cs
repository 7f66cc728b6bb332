using System.CommandLine;
using IpMpsc.Examples;
using IpMpsc.Examples.Tour;

Argument<string?> file = new("file")
{
    Description = "A text file whose lines are sent; by default the README and docs of this repository.",
    Arity = ArgumentArity.ZeroOrOne,
};
RootCommand command = new(
    "Measures channels beside a Unix domain socket, moves text and quotes between processes, kills a sender and a receiver " +
    "with kill -9, and verifies that nothing is lost, duplicated or out of order. Takes about ten seconds. " +
    "Exit codes: 0 every claim held, 1 one did not, 2 bad argument, 130 Ctrl-C.")
{
    file,
};
foreach (Command hidden in HiddenCommands.All)
{
    command.Add(hidden);
}

command.SetAction((arguments, cancellation) => Task.Run(() => Conductor.Run(arguments.GetValue(file), cancellation)));
return await ExampleCommand.RunAsync(command, args);
