namespace IpMpsc.Tool.Bridging;

/// <summary>A broker and a stream in one word: the stream is what follows the last slash.</summary>
internal static class StreamAddress
{
    /// <summary>Whether a word names both.</summary>
    public static bool IsValid(string address)
    {
        (string url, string stream) = Split(address);
        return stream.Length > 0
            && !stream.Any(static letter => char.IsWhiteSpace(letter) || letter is '.' or '*' or '>' or ':' or '\\')
            && url.Split(',').All(static broker => Uri.TryCreate(broker, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0);
    }

    /// <summary>The brokers and the stream.</summary>
    public static (string Url, string Stream) Split(string address)
    {
        int slash = address.LastIndexOf('/');
        return slash < 0 ? (address, "") : (address[..slash], address[(slash + 1)..]);
    }
}
