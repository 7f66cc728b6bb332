using System.CommandLine;
using IpMpsc;
using IpMpsc.Examples;

Argument<string> channel = ExampleCommand.ChannelArgument();
Option<bool> zeroCopy = new("--zero-copy")
{
    Description = "Write each line from the ring straight to the output, without creating a string.",
};
RootCommand command = new("Prints the lines that any number of Send processes send, until Ctrl-C.")
{
    channel,
    zeroCopy,
};

// On another thread, because receiving blocks and this thread handles Ctrl-C.
command.SetAction((arguments, cancellation) => Task.Run(() =>
    Receive(arguments.GetRequiredValue(channel), arguments.GetValue(zeroCopy), cancellation)));
return await ExampleCommand.RunAsync(command, args);

static int Receive(string name, bool zeroCopy, CancellationToken cancellation)
{
    using Receiver<TextLine> receiver = Receiver<TextLine>.OpenOrCreate(name);
    Console.Error.WriteLine($"Receiving from {receiver.Path}; Ctrl-C ends.");
    try
    {
        if (zeroCopy)
        {
            PrintInPlace(receiver, cancellation);
        }

        while (true)
        {
            Console.WriteLine(receiver.Receive(cancellation).Text);
        }
    }
    catch (OperationCanceledException)
    {
        return 0; // Ctrl-C is how a receiver ends; lines that are not printed yet stay in the channel.
    }
}

static void PrintInPlace(Receiver<TextLine> receiver, CancellationToken cancellation)
{
    using Stream output = Console.OpenStandardOutput();
    foreach (ReceivedMessage<TextLine> message in receiver.ReadAll(cancellation))
    {
        output.Write(message.View.Text); // a span of UTF-8 in the ring
        output.Write("\n"u8);
    }
}
