// Runs each scenario in this process. `first` only sends and receives one message, to measure how long a program takes to start.
using System.Diagnostics;
using IpMpsc;
using IpMpsc.Tests.Aot;

if (args is ["first"])
{
    using var receiver = Receiver<Quote>.CreateTemporary();
    using var sender = ExclusiveSender<Quote>.Open(receiver.Path);
    sender.Send(new Quote { Instrument = 1 });
    int instrument = receiver.Receive().Instrument;
    Console.WriteLine($"{(DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds:0} ms to the first message");
    return instrument - 1;
}

return await ScenarioRunner.RunAsync(Scenarios.All);
