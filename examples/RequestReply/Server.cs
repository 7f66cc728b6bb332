using IpMpsc;

/// <summary>Counts words for every client, until the last one has left.</summary>
internal static class Server
{
    public static int Serve(Receiver<Request> requests)
    {
        var clients = new Dictionary<ChannelAddress, Sender<Reply>>();
        int served = 0;
        foreach (ReceivedMessage<Request> message in requests.ReadAll())
        {
            Request.View request = message.View;
            ChannelAddress client = request.GetReplyToAddress();
            if (!clients.TryGetValue(client, out Sender<Reply>? replies))
            {
                replies = Sender<Reply>.Open(client.Path, new IpcChannelOptions { FailWhenFullWithoutReceiver = true });
                clients.Add(client, replies);
            }

            replies.Send(new Reply(request.Number, CountWords(request.Text)));
            served++;
        }

        foreach (Sender<Reply> replies in clients.Values)
        {
            replies.Dispose();
        }

        return served;
    }

    // Reads the text in the ring, without creating a string.
    private static int CountWords(ReadOnlySpan<byte> text)
    {
        int words = 0;
        foreach (Range word in text.Split((byte)' '))
        {
            words += text[word].IsEmpty ? 0 : 1;
        }

        return words;
    }
}
