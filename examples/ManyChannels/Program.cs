using IpMpsc;
using IpMpsc.Examples.ManyChannels;

// One thread receives from 1,000 channels of two message types, which four other processes send to.
// Exit code 0: every message arrived once and in order.

const int Channels = 1_000;
const int Processes = 4;
const int Messages = 20;

if (args is ["send", var directory, var part])
{
    Sending.ToChannels(directory, int.Parse(part), Processes, Channels, Messages);
    return 0;
}

DirectoryInfo home = Directory.CreateTempSubdirectory("many-channels-");
try
{
    Dictionary<IReceiver, Ledger> ledgers = [];
    using ReceiverSet set = new();
    for (int channel = 0; channel < Channels; channel++)
    {
        IReceiver receiver = Sending.IsThermometer(channel)
            ? Receiver<Temperature>.Create(Sending.PathOf(home.FullName, channel), Options.Small)
            : Receiver<Alarm>.Create(Sending.PathOf(home.FullName, channel), Options.Small);
        ledgers.Add(receiver, new Ledger());
        set.Add(receiver);
    }

    using SendingProcesses senders = new(home.FullName, Processes);
    while (set.Count > 0)
    {
        IReceiver ready = set.WaitAny(); // sleeps on all of them at once
        Ledger ledger = ledgers[ready];
        switch (ready)
        {
            case Receiver<Temperature> temperatures:
                temperatures.Drain(message => ledger.Note(message.View.Number));
                break;

            case Receiver<Alarm> alarms:
                alarms.Drain(message => ledger.Note(message.View.Number));
                break;
        }

        if (ready.IsCompleted) // its sender has left, and everything is received
        {
            ready.Dispose(); // a disposed receiver leaves the set
        }
    }

    int complete = ledgers.Values.Count(ledger => ledger.IsInOrder && ledger.Count == Messages);
    Console.WriteLine($"{ledgers.Values.Sum(ledger => ledger.Count):N0} messages from {Channels:N0} channels; {complete:N0} channels complete and in order");
    return complete == Channels ? 0 : 1;
}
finally
{
    home.Delete(recursive: true);
}
