using System.Text.Json.Serialization;
using Smpi.Encodings.Json.Tests;

namespace Smpi.Generators.Json.Tests;

[JsonSerializable(typeof(List<Row>))]
[JsonSerializable(typeof(Row[]))]
[JsonSerializable(typeof(Box<List<Point>>))]
[JsonSerializable(typeof(Numbers))]
[JsonSerializable(typeof(Tokens))]
[JsonSerializable(typeof(Nest))]
[JsonSerializable(typeof(Lists))]
[JsonSerializable(typeof(Members))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(Picky))]
[JsonSerializable(typeof(Unmapped))]
[JsonSerializable(typeof(Moody))]
[JsonSerializable(typeof(Throwing))]
[JsonSerializable(typeof(Ordered))]
[JsonSerializable(typeof(Named))]
[JsonSerializable(typeof(Marked))]
[JsonSerializable(typeof(Sparse))]
[JsonSerializable(typeof(Converted))]
[JsonSerializable(typeof(Quoted))]
[JsonSerializable(typeof(Rest))]
[JsonSerializable(typeof(Filled))]
[JsonSerializable(typeof(Called))]
[JsonSerializable(typeof(Foreign))]
[JsonSerializable(typeof(Hidden))]
[JsonSerializable(typeof(Chosen))]
[JsonSerializable(typeof(Sized))]
[JsonSerializable(typeof(Colours))]
[JsonSerializable(typeof(Holder))]
[JsonSerializable(typeof(Animal))]
[JsonSerializable(typeof(Owner))]
[JsonSerializable(typeof(Chain))]
[JsonSerializable(typeof(Point))]
[JsonSerializable(typeof(Settings))]
internal sealed partial class PlainContext : JsonSerializerContext;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(List<Row>))]
[JsonSerializable(typeof(Numbers))]
[JsonSerializable(typeof(Tokens))]
[JsonSerializable(typeof(Nest))]
[JsonSerializable(typeof(Lists))]
[JsonSerializable(typeof(Members))]
internal sealed partial class WebContext : JsonSerializerContext;

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Colours))]
internal sealed partial class NamesContext : JsonSerializerContext;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(Row))]
internal sealed partial class WritingContext : JsonSerializerContext;
