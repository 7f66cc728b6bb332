using IpMpsc.Generators.Text;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>A message that is its own wire image; an older sender's is shorter.</content>
    private sealed partial class Emitter
    {
        private string ImageInterface => $"__blocks::IImageMessage<{message.Identifier}>";

        // Explicit, so that none of these names is taken from the author of the message.
        private void EmitImageBody()
        {
            _source.Line($"""
                {GeneratedFile.Attributes} static __blocks::MessageTraits {ImageInterface}.Traits => {Traits};
                {GeneratedFile.Attributes} static string {ImageInterface}.SchemaText => {SchemaText};
                """);
            EmitCheck($"{Attributes} static void {ImageInterface}.Check()");
            if (Versions(message.Layout.EndBefore) is { } ends)
            {
                _source.Line($"{GeneratedFile.Attributes} static int {ImageInterface}.EndIn(ushort version) => {ends};");
            }

            _source.Line();
            EmitView();
        }
    }
}
