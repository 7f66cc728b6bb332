using IpMpsc;

if (args is ["send", .. var words]) // in any number of processes, started before or after the receiver
{
    using var sender = Sender<Note>.OpenOrCreate("notes");
    sender.Send(new Note { Author = Environment.ProcessId, Text = string.Join(' ', words) });
    return;
}

using var receiver = Receiver<Note>.OpenOrCreate("notes");
foreach (var message in receiver.ReadAll()) // sleeps while there is nothing to receive
{
    var note = message.View; // reads in place, in the memory that the processes share
    Console.WriteLine($"{note.Author}: {note.GetTextString()}");
}

[ChannelMessage]
public partial struct Note
{
    public int Author;
    public string Text;
}
