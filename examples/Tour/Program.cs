using System.CommandLine;
using IpMpsc.Examples;
using IpMpsc.Examples.Tour;

Argument<string?> file = new("file")
{
    Description = "A text file whose lines are sent; by default the README and docs of this repository.",
    Arity = ArgumentArity.ZeroOrOne,
};
RootCommand command = new(
    "Moves lines of text and quotes from four sender processes to one receiver process, and verifies that " +
    "nothing is lost, doubled or out of order. Exit codes: 0 all held, 1 it did not, 2 bad argument, 130 Ctrl-C.")
{
    file,
    HiddenCommands.OfSender(),
    HiddenCommands.OfReceiver(),
};
command.SetAction((arguments, cancellation) => Task.Run(() => Conductor.Run(arguments.GetValue(file), cancellation)));
return await ExampleCommand.RunAsync(command, args);
