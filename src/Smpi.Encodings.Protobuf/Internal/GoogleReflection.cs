using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Smpi;

/// <summary>Finds the parsers of types that protoc generated.</summary>
[RequiresUnreferencedCode(ReflectedShapes.Reason)]
[RequiresDynamicCode(ReflectedShapes.Reason)]
internal static class GoogleReflection
{
    public static bool Is(Type type) => type.IsAssignableTo(typeof(IMessage));

    public static ProtobufShape Find(Type type) => ReflectedShapes.Create(typeof(GoogleShape<>), [type], Static(type, "Parser"));

    public static MessageDescriptor Descriptor(Type type) => (MessageDescriptor)Static(type, "Descriptor");

    private static object Static(Type type, string property) =>
        type.GetProperty(property, BindingFlags.Static | BindingFlags.Public)?.GetValue(null)
        ?? throw new EncodingException($"{type.Name} is an IMessage without a static property {property}: use a type that protoc generated.");
}
