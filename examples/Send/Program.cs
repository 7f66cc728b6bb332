using System.CommandLine;
using IpMpsc;
using IpMpsc.Examples;

Argument<string> channel = ExampleCommand.ChannelArgument();
RootCommand command = new("Sends the lines that you type, or that come from a pipe, to a Receive process.") { channel };

// On another thread, because sending may block and this thread handles Ctrl-C.
command.SetAction((arguments, cancellation) =>
    Task.Run(() => SendAsync(arguments.GetRequiredValue(channel), cancellation)));
return await ExampleCommand.RunAsync(command, args);

static async Task<int> SendAsync(string name, CancellationToken cancellation)
{
    using Sender<TextLine> sender = Sender<TextLine>.OpenOrCreate(name);
    using StreamReader input = new(Console.OpenStandardInput());
    int exitCode = 0;
    try
    {
        // A read from a terminal cannot be cancelled, but the wait for it can.
        for (long number = 1; await input.ReadLineAsync().WaitAsync(cancellation) is { } line; number++)
        {
            try
            {
                sender.Send(new TextLine { Text = line }, cancellation); // Waits while the ring is full.
            }
            catch (MessageTooLargeException error)
            {
                Console.Error.WriteLine($"Line {number:N0} was skipped: {error.Message}");
                exitCode = ExampleCommand.Failed;
            }
        }
    }
    catch (OperationCanceledException)
    {
        // Ctrl-C.
    }

    return exitCode;
}
