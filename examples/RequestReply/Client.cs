using IpMpsc;

/// <summary>Asks about many texts at once and checks every answer.</summary>
internal static class Client
{
    public const int Requests = 1000;

    public static void Ask(string serverPath)
    {
        using var replies = Receiver<Reply>.CreateTemporary();
        using var server = Sender<Request>.Open(serverPath);
        var here = new ChannelAddress(replies.Path);

        for (int number = 0; number < Requests; number++)
        {
            string text = string.Join(' ', Enumerable.Repeat("word", number % 20));
            server.Send(new Request { Number = number, Text = text, ReplyTo = here });
        }

        for (int number = 0; number < Requests; number++)
        {
            Reply reply = replies.Receive();
            if (reply != new Reply(number, number % 20))
            {
                throw new InvalidOperationException($"Request {number} was answered with {reply}.");
            }
        }
    }
}
