using System.Linq;
using IpMpsc.Generators.Text;

namespace IpMpsc.Generators;

public sealed partial class ChannelMessageGenerator
{
    /// <content>
    /// A message of which no more than its interface can be generated. It has an error; this spares its author one more at each
    /// sender and receiver. Explicit members have nobody's name.
    /// </content>
    private sealed partial class Emitter
    {
        private void EmitShell()
        {
            string self = message.Identifier;
            string implemented = $"__ipmpsc::IChannelMessage<{self}>";
            string[] members =
            [
                $"__ipmpsc::MessageSchema {implemented}.Schema",
                $"ushort {implemented}.MessageId",
                $"ushort {implemented}.SchemaVersion",
                $"int {implemented}.FixedSize",
                $"bool {implemented}.IsFixedSize",
                $"bool {implemented}.IsImage",
                $"int {implemented}.PayloadAlignment",
                $"int {implemented}.Measure(in {self} message)",
                $"void {implemented}.Write(in {self} message, {Bytes} payload)",
                $"{self} {implemented}.Read({ReadOnlyBytes} payload, ushort version)",
            ];
            using (_source.OpenAll(message.ContainingTypes.Select(type => type.Declaration)))
            using (_source.Open($"partial {message.Keyword} {self} : {implemented}"))
            {
                foreach (string member in members)
                {
                    _source.Line($"{GeneratedFile.Attributes} static {member} => throw null!;");
                }
            }
        }
    }
}
